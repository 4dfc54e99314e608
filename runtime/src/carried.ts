import type { EventPart } from './events.ts';

/**
 * What travels beside a payload. A payload is sent exactly as it is and an entry of EventBridge has no attributes, so on
 * a bus each of these is one of the entry's `Resources`; on topics and queues they are message attributes.
 */
export interface Carried {
  /** The event's identity, where the publisher gives one (an outbox does): EventBridge's own id differs at each try. */
  readonly id?: string | undefined;
  /** What the event's `correlationId` led to where it began. */
  readonly correlationId?: string | undefined;
  /** Its place among the parts of a split. */
  readonly part?: EventPart | undefined;
}

/** Message attribute with the place of an event among the parts of a split. */
export const partAttribute = 'part';

/** What is carried, as resources of an entry of EventBridge; undefined when that is nothing. */
export function resourcesOf({ id, correlationId, part }: Carried): string[] | undefined {
  if (id === undefined && correlationId === undefined && !part) return undefined;
  const resources: string[] = [];
  if (id !== undefined) resources.push(`urn:eventloom:id:${id}`);
  if (correlationId !== undefined) resources.push(`urn:eventloom:correlation:${correlationId}`);
  if (part) resources.push(`urn:eventloom:part:${partText(part)}`);
  return resources;
}

/** Reads what {@link resourcesOf} wrote; anything else among the resources is passed over. */
export function carriedBy(resources: unknown): Carried {
  const found: Record<string, string> = {};
  let part: EventPart | undefined;
  for (const resource of [resources].flat() as string[]) {
    const [, index, count, of, name, text] = (spelling.exec(resource) ?? []) as unknown as Spelled;
    if (of) part = { of, index: +index, count: +count };
    else found[name] = text;
  }
  return { id: found.id, correlationId: found.correlation, part };
}

type Spelled = [all: string, index: string, count: string, of: string | undefined, name: string, text: string];

const spelling = /^urn:eventloom:(?:part:(\d+)\/(\d+)\/(.+)|(\w+):(.+))$/s;

/** A part as text: `<index>/<count>/<of>`. */
export const partText = ({ of, index, count }: EventPart): string => `${index}/${count}/${of}`;

import type { EventPart } from './events.ts';

/**
 * What travels beside a payload. A payload is sent exactly as it is and an entry of EventBridge has no attributes, so on
 * a bus each of these is one of the entry's `Resources`; on topics and queues they are message attributes.
 */
export interface Carried {
  /** The event's identity, where the publisher gives one (an outbox does): EventBridge's own id differs at each try. */
  readonly id?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly part?: EventPart | undefined;
}

/** Message attribute with the place of an event among the parts of a split. */
export const partAttribute = 'part';

/** What is carried, as resources of an entry of EventBridge. */
export function resourcesOf({ id, correlationId, part }: Carried): string[] {
  const texts = { id, correlation: correlationId, part: part && partText(part) };
  return Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [`urn:eventloom:${name}:${text}`]));
}

/** Reads what {@link resourcesOf} wrote; anything else among the resources is passed over. */
export function carriedBy(resources: unknown): Carried {
  const found: Record<string, string | undefined> = {};
  for (const resource of [resources].flat() as string[]) {
    const [, name, text] = /^urn:eventloom:(\w+):(.+)$/s.exec(resource) ?? [];
    if (name) found[name] = text;
  }
  const [, index = '', count = '', of] = /^(\d+)\/(\d+)\/(.+)$/s.exec(found.part ?? '') ?? [];
  return {
    id: found.id,
    correlationId: found.correlation,
    part: of ? { of, index: +index, count: +count } : undefined,
  };
}

/** A part as text: `<index>/<count>/<of>`. */
export const partText = ({ of, index, count }: EventPart): string => `${index}/${count}/${of}`;

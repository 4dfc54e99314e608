import {
  type ConsumerDefinition,
  type LambdaHandler,
  partAttribute,
  partText,
  type ReceivedEvent,
  type ReceivedEventDefinition,
  type RouteKind,
  resourcesOf,
} from '@eventloom/runtime';
import { type MessageAttribute, type MessageAttributes, noAttributes } from '../state/content.ts';
import { eventEnvelope } from '../state/envelopes.ts';
import type { Location } from '../state/names.ts';
import type { HeaderValue, TestEvent } from './event.ts';

/** Any generated handler, whatever it receives. */
export type AnyHandler = LambdaHandler<string, ReceivedEvent<string, string, unknown>>;

/** A message as its route carries it: what a queue or a topic holds. */
export interface WrappedEvent {
  readonly route: RouteKind;
  readonly name: string;
  readonly source: string;
  readonly id: string;
  /** The EventBridge envelope on a route over a bus, else the payload; as JSON. */
  readonly body: string;
  /** Empty on a route over a bus, whose rules set none. */
  readonly attributes: MessageAttributes;
}

/** What an event is given where the test gives nothing. */
export interface Defaults {
  readonly id: string;
  readonly time: Date;
}

/** Where tests pretend to be. */
export const testLocation: Location = { region: 'us-east-1', account: '000000000000' };

/**
 * Wraps an event for the route by which its consumer receives it. Throws when the consumer receives no such event, and
 * when it receives the name from several channels and the event does not say which.
 */
export function wrapEvent(definition: ConsumerDefinition, event: TestEvent, defaults: Defaults): WrappedEvent {
  const received = receivedOf(definition, event);
  const source = received?.source ?? event.source;
  const route = received?.route ?? definition.routes[0];
  if (source === undefined || route === undefined) throw new Error(noSuchEvent(definition, event));
  const { id = defaults.id, time = defaults.time, name, payload, headers = {}, replay, part, correlationId } = event;
  if (route === 'eventbridge' || route === 'eventbridge-sns') {
    const resources = [...new Set([...(resourcesOf({ part, correlationId }) ?? []), ...(event.resources ?? [])])];
    const parts = { id, detailType: name, source, time: time.getTime(), resources, detail: payload };
    const envelope = {
      ...eventEnvelope(testLocation, parts),
      ...(replay === undefined ? {} : { 'replay-name': replay }),
    };
    return { route, name, source, id, body: JSON.stringify(envelope), attributes: noAttributes };
  }
  const values: Readonly<Record<string, HeaderValue>> = {
    ...correlationHeader(received, payload, correlationId),
    ...headers,
    ...(part && { [partAttribute]: partText(part) }),
    type: name,
    id,
    time: time.toISOString(),
  };
  const attributes = new Map(Object.entries(values).map(([key, value]) => [key, attributeOf(value)]));
  return { route, name, source, id, body: JSON.stringify(payload), attributes };
}

function receivedOf({ key, receives }: ConsumerDefinition, event: TestEvent): ReceivedEventDefinition | undefined {
  const found = receives.filter(({ name, source }) => name === event.name && source === (event.source ?? source));
  const sources = [...new Set(found.map(({ source }) => source))];
  if (sources.length < 2) return found[0];
  const asked = `Give the event a \`source\` to say which, such as '${sources[0]}'.`;
  throw new Error(`${key} receives ${event.name} of ${sources.join(' and of ')}. ${asked}`);
}

/** A value as a publisher sends it. */
function attributeOf(value: HeaderValue): MessageAttribute {
  const isText = typeof value !== 'object';
  const dataType = isText ? (typeof value === 'number' ? 'Number' : 'String') : 'String.Array';
  return { dataType, stringValue: isText ? `${value}` : JSON.stringify(value), binaryValue: null };
}

/** The header that a correlation id is read of. As with a publisher, what the payload says stands before what is given. */
function correlationHeader(
  received: ReceivedEventDefinition | undefined,
  payload: unknown,
  correlationId: string | undefined,
): Readonly<Record<string, HeaderValue>> {
  const { header } = received?.correlation ?? {};
  if (header === undefined) return {};
  const own: unknown = Object.entries(Object(payload)).find(([name]) => name === header)?.[1] ?? correlationId;
  return own === undefined || own === '' || typeof own === 'object' ? {} : { [header]: own as HeaderValue };
}

function noSuchEvent({ key, receives }: ConsumerDefinition, { name, source }: TestEvent): string {
  const asked = source === undefined ? name : `${name} of ${source}`;
  const known = receives.map((event) => `${event.name} of ${event.source}`).join(', ');
  return `${key} receives no ${asked}. It receives ${known}. Give the event a \`source\` to send it all the same.`;
}

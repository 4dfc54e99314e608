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
import { eventEnvelope } from '../state/envelopes.ts';
import type { Location } from '../state/names.ts';
import type { TestEvent } from './event.ts';

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
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** What an event is given where the test gives nothing. */
export interface Defaults {
  readonly id: string;
  readonly time: Date;
}

/** Where tests pretend to be. */
export const testLocation: Location = { region: 'us-east-1', account: '000000000000' };

/** Wraps an event for the route by which its consumer receives it. Throws when the consumer receives no such event. */
export function wrapEvent(definition: ConsumerDefinition, event: TestEvent, defaults: Defaults): WrappedEvent {
  const received = definition.receives.find(
    ({ name, source }) => name === event.name && source === (event.source ?? source),
  );
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
    return { route, name, source, id, body: JSON.stringify(envelope), attributes: {} };
  }
  const beside = { ...correlationHeader(received, correlationId), ...(part && { [partAttribute]: partText(part) }) };
  const attributes = { ...headers, ...beside, type: name, id, time: time.toISOString() };
  return { route, name, source, id, body: JSON.stringify(payload), attributes };
}

function correlationHeader(
  received: ReceivedEventDefinition | undefined,
  correlationId: string | undefined,
): Readonly<Record<string, string>> {
  const { header } = received?.correlation ?? {};
  return header !== undefined && correlationId !== undefined ? { [header]: correlationId } : {};
}

function noSuchEvent({ key, receives }: ConsumerDefinition, { name, source }: TestEvent): string {
  const asked = source === undefined ? name : `${name} of ${source}`;
  const known = receives.map((event) => `${event.name} of ${event.source}`).join(', ');
  return `${key} receives no ${asked}. It receives ${known}. Give the event a \`source\` to send it all the same.`;
}

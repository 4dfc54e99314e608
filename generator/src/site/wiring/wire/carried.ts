import type { Destination, Topology } from '@eventloom/engine';
import type { EventType, HeaderField } from '../../../model/event-model.ts';
import { attributesOf, groupOf, type WireAttribute } from './attributes.ts';
import { placeholders, wholeTime } from './placeholders.ts';

/** An event as it is published, in the forms that routes carry. */
export interface WireEvent {
  readonly event: EventType;
  readonly payload: unknown;
  /** As EventBridge delivers it. */
  readonly envelope: WireEnvelope;
  /** What topics and queues carry beside the body. */
  readonly attributes: readonly WireAttribute[];
  readonly group: string | null;
}

interface WireEnvelope {
  readonly id: string;
  readonly detail: unknown;
}

/** What comes out of a rule, a topic or a queue. */
export interface Carried {
  readonly body: string;
  readonly attributes: readonly WireAttribute[];
  /** Of a FIFO queue, or of one that is shared evenly. */
  readonly group: string | null;
}

/** Publishes a payload, on paper. */
export function wireEvent(event: EventType, headers: readonly HeaderField[], payload: unknown): WireEvent {
  return {
    event,
    payload,
    envelope: envelopeOf(event, payload),
    attributes: attributesOf(event, headers, payload),
    group: groupOf(event, payload),
  };
}

function envelopeOf({ name, source }: EventType, payload: unknown): WireEnvelope {
  return {
    ...{ version: '0', id: placeholders.eventId, 'detail-type': name, source },
    ...{ account: placeholders.account, time: wholeTime, region: placeholders.region, resources: [] },
    detail: payload,
  } as WireEnvelope;
}

/** What an event is on its way behind a rule: the envelope, whatever comes after. */
export function behindRule({ envelope }: WireEvent): Carried {
  return { body: JSON.stringify(envelope), attributes: [], group: null };
}

/** What an event is on a topic or a queue that it is published to. */
export function asMessage({ payload, attributes, group }: WireEvent): Carried {
  return { body: JSON.stringify(payload), attributes, group };
}

/** A destination by its key. */
export function destinationOf({ destinations }: Topology, key: string): Destination | undefined {
  return destinations.find((one) => one.key === key);
}

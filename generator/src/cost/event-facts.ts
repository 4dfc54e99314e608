import { limits, putEventsEntryBytes } from '@eventloom/engine';
import { type Space, spaceOf } from '../check/proofs/space.ts';
import type { EventModel, EventType, MessageType } from '../model/event-model.ts';
import { addressKey } from '../model/order.ts';
import type { CostOptions } from './cost-options.ts';
import { type PayloadSize, payloadSize } from './payload-bytes.ts';

/** An event type with what its cost depends on. */
export interface EventFacts {
  readonly key: string;
  readonly event: EventType;
  readonly message: MessageType;
  readonly space: Space;
  readonly payload: PayloadSize;
  /** True when the payload goes to the claim bucket, and a claim is sent. */
  readonly isClaimed: boolean;
  /** Of the PutEvents entry, or of the message with its attributes. */
  readonly sentBytes: number;
  /** Of what a target of a rule gets. */
  readonly envelopeBytes: number;
}

/** Attributes `type`, `id` and `time` of a message, and a few of its headers. */
const attributeBytes = 160;

/** What a claim says of its payload. */
const claimBytes = 300;

/** The facts of every event, by `addressKey`. */
export function eventFacts(model: EventModel, { bytes }: CostOptions): ReadonlyMap<string, EventFacts> {
  const messages = new Map(model.catalog.messages.map((message) => [message.typeName, message]));
  const buses = new Set(model.system.destinations.flatMap(({ key, kind }) => (kind === 'bus' ? [key] : [])));
  const spaces = new Map<MessageType, Space>();
  const facts = model.catalog.events.flatMap((event): EventFacts[] => {
    const message = messages.get(event.message);
    if (message === undefined) return [];
    const space = spaces.get(message) ?? spaceOf(message.payload);
    spaces.set(message, space);
    const payload: PayloadSize = bytes === null ? payloadSize(message) : { bytes, basis: 'given' };
    const isClaimed = exceeds(event, payload.bytes);
    const body = isClaimed ? claimBytes : payload.bytes;
    const around = putEventsEntryBytes({ Source: event.source, DetailType: event.name });
    const sentBytes = body + (buses.has(event.destination) ? around : attributeBytes);
    const envelopeBytes = body + around + limits.putEventsEnvelopeMarginBytes.value;
    return [{ key: addressKey(event), event, message, space, payload, isClaimed, sentBytes, envelopeBytes }];
  });
  return new Map(facts.map((one) => [one.key, one]));
}

function exceeds({ claimCheck, maximumBytes }: EventType, bytes: number): boolean {
  if (claimCheck === undefined) return false;
  return bytes > (claimCheck.aboveBytes ?? maximumBytes ?? limits.topicMessageBytesDefault.value);
}

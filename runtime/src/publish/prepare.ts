import {
  putEventsEntryBytes,
  putEventsRequestBytes,
  queueMessageBytesMaximum,
  topicMessageBytesDefault,
} from '@eventloom/engine';
import { resourcesOf } from '../carried.ts';
import { systemClock } from '../clock.ts';
import { addressOf, type Connection } from '../connection.ts';
import type { DestinationDefinition } from '../definitions.ts';
import { assertValid } from '../validate.ts';
import { attributesOf } from './attributes.ts';
import { correlate } from './correlate.ts';
import type { Attributes, Entry } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';
import { valueAt } from './own-value.ts';
import type { PublishFeature } from './publish-feature.ts';

/** An event whose payload is settled, and the entry that it is so far. */
export interface Encoded {
  readonly outgoing: Outgoing;
  readonly entry: Entry;
}

/**
 * Makes the entry that goes over the wire; sends nothing.
 * Rejects with a `ValidationFailure`, or with a `PublishError` for an event that AWS would refuse.
 */
export async function prepare(
  connection: Connection,
  outgoing: Outgoing,
  features: readonly PublishFeature[] = [],
): Promise<Entry> {
  const encoded = encode(connection, outgoing);
  return isToClaim(encoded, features) ? claim(connection, encoded, features) : fit(encoded);
}

/** Validates the event, and makes its entry, whatever its size. */
export function encode(connection: Connection, given: Outgoing): Encoded {
  const outgoing = correlate(given);
  if (outgoing.options.validate !== false) assertValid(outgoing.event, outgoing.payload);
  return { outgoing, entry: entryOf(connection, outgoing) };
}

/** The entry, if it is small enough to be sent. Throws a `PublishError` otherwise. */
export function fit({ outgoing, entry }: Encoded): Entry {
  const most = maximumBytes(outgoing);
  if (entry.bytes <= most) return entry;
  throw refuse(outgoing, 'event-too-large', `${entry.bytes} bytes, of which its ${entry.kind} carries ${most}`);
}

/** Tells whether the payload is to be kept elsewhere (`x-claim-check`). */
export function isToClaim({ outgoing, entry }: Encoded, features: readonly PublishFeature[]): boolean {
  const { claimCheck } = outgoing.event;
  if (claimCheck === undefined || !features.some((feature) => feature.claim)) return false;
  return entry.bytes > Math.min(claimCheck.aboveBytes ?? Number.POSITIVE_INFINITY, maximumBytes(outgoing));
}

/** Keeps the payload elsewhere, and makes the entry of what is sent in its place. Rejects with a `PublishError`. */
export async function claim(
  connection: Connection,
  { outgoing }: Encoded,
  features: readonly PublishFeature[],
): Promise<Entry> {
  let claimed = outgoing;
  for (const feature of features) claimed = (await feature.claim?.(claimed, connection)) ?? claimed;
  return fit({ outgoing: claimed, entry: entryOf(connection, claimed) });
}

/** Bytes that one request to a destination carries at most; one entry cannot have more. */
export const requestBytes: Readonly<Record<DestinationDefinition['kind'], number>> = {
  bus: putEventsRequestBytes,
  topic: topicMessageBytesDefault,
  queue: queueMessageBytesMaximum,
};

function maximumBytes({ event }: Outgoing): number {
  return event.maximumBytes ?? requestBytes[event.destination.kind];
}

function entryOf(connection: Connection, outgoing: Outgoing): Entry {
  const { kind, environmentVariable } = outgoing.event.destination;
  const address = addressOf(connection, environmentVariable);
  const body = jsonOf(outgoing);
  return kind === 'bus' ? busEntry(address, body, outgoing) : messageEntry(connection, kind, address, body, outgoing);
}

/** `JSON.stringify` throws at cycles and bigints, and has no text for `undefined`. */
function jsonOf(outgoing: Outgoing): string {
  let cause: unknown;
  try {
    const text: string | undefined = JSON.stringify(outgoing.payload);
    if (text !== undefined) return text;
  } catch (error) {
    cause = error;
  }
  throw refuse(outgoing, 'not-json', 'its payload has no form in JSON', cause);
}

function busEntry(EventBusName: string, Detail: string, { event, options }: Outgoing): Entry {
  const { name: DetailType, source: Source } = event;
  const { time: Time, traceHeader: TraceHeader } = options;
  const resources = resourcesOf(options);
  const Resources = resources.length > 0 ? resources : undefined;
  const input = { EventBusName, Source, DetailType, Detail, Time, TraceHeader, Resources };
  return { kind: 'bus', bytes: putEventsEntryBytes(input), input };
}

function messageEntry(
  connection: Connection,
  kind: 'topic' | 'queue',
  address: string,
  body: string,
  outgoing: Outgoing,
): Entry {
  const {
    id = crypto.randomUUID(),
    time = (connection.clock ?? systemClock).now(),
    deduplicationId,
  } = outgoing.options;
  const fifo = isFifo(address);
  const MessageAttributes = attributesOf(outgoing, id, time);
  const bytes = messageBytes(body, MessageAttributes);
  const message = {
    MessageAttributes,
    MessageGroupId: groupOf(outgoing, fifo),
    MessageDeduplicationId: deduplicationId ?? (fifo ? id : undefined),
  };
  return kind === 'topic'
    ? { kind, id, bytes, input: { ...message, TopicArn: address, Message: body } }
    : { kind, id, bytes, input: { ...message, QueueUrl: address, MessageBody: body } };
}

/** The names of FIFO topics and queues, and no others, end so. */
export function isFifo(address: string): boolean {
  return address.endsWith('.fifo');
}

function groupOf(outgoing: Outgoing, fifo: boolean): string | undefined {
  const { event, payload, options } = outgoing;
  const found = event.ordering == null ? undefined : valueAt(payload, event.ordering);
  const group = options.groupId ?? (found == null || typeof found === 'object' ? undefined : `${found}`);
  if (group || !fifo) return group;
  throw refuse(outgoing, 'group-missing', `FIFO needs a message group, from ${event.ordering ?? 'groupId'}`);
}

/** The attributes of a message count like its body. */
function messageBytes(body: string, attributes: Attributes): number {
  const texts = Object.entries(attributes).map(([name, { DataType, StringValue }]) => name + DataType + StringValue);
  return Buffer.byteLength(body + texts.join(''));
}

import {
  putEventsEntryBytes,
  putEventsRequestBytes,
  queueMessageBytesMaximum,
  topicMessageBytesDefault,
} from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import { addressOf, type Connection } from '../connection.ts';
import { attributesOf } from './attributes.ts';
import type { Entry } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';
import { valueAt } from './own-value.ts';

/**
 * Makes the entry that goes over the wire; sends nothing.
 * Throws a `PublishError` for an event that AWS would refuse: too large, too many attributes, no message group.
 */
export function prepare(connection: Connection, outgoing: Outgoing): Entry {
  const { kind, environmentVariable } = outgoing.event.destination;
  const { maximumBytes = maximumBytesOf[kind] } = outgoing.event;
  const address = addressOf(connection, environmentVariable);
  const body = JSON.stringify(outgoing.payload);
  const entry =
    kind === 'bus' ? busEntry(address, body, outgoing) : messageEntry(connection, kind, address, body, outgoing);
  const bytes = bytesOf(entry);
  if (bytes <= maximumBytes) return entry;
  throw refuse(outgoing, 'event-too-large', `${bytes} bytes, of which its ${kind} carries ${maximumBytes}`);
}

const maximumBytesOf = {
  bus: putEventsRequestBytes,
  topic: topicMessageBytesDefault,
  queue: queueMessageBytesMaximum,
};

function busEntry(EventBusName: string, Detail: string, { event, options }: Outgoing): Entry {
  const { name: DetailType, source: Source } = event;
  const { time: Time, traceHeader: TraceHeader } = options;
  return { kind: 'bus', input: { EventBusName, Source, DetailType, Detail, Time, TraceHeader } };
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
  // The names of FIFO topics and queues, and no others, end so.
  const fifo = address.endsWith('.fifo');
  const message = {
    MessageAttributes: attributesOf(outgoing, id, time),
    MessageGroupId: groupOf(outgoing, fifo),
    MessageDeduplicationId: deduplicationId ?? (fifo ? id : undefined),
  };
  return kind === 'topic'
    ? { kind, id, input: { ...message, TopicArn: address, Message: body } }
    : { kind, id, input: { ...message, QueueUrl: address, MessageBody: body } };
}

function groupOf(outgoing: Outgoing, fifo: boolean): string | undefined {
  const { event, payload, options } = outgoing;
  const found = event.ordering == null ? undefined : valueAt(payload, event.ordering);
  const group = options.groupId ?? (found == null || typeof found === 'object' ? undefined : `${found}`);
  if (group || !fifo) return group;
  throw refuse(outgoing, 'group-missing', `FIFO needs a message group, from ${event.ordering ?? 'groupId'}`);
}

/** The attributes of a message count like its body. */
function bytesOf({ kind, input }: Entry): number {
  if (kind === 'bus') return putEventsEntryBytes(input);
  const attributes = Object.entries(input.MessageAttributes).map(
    ([name, { DataType, StringValue }]) => name + DataType + StringValue,
  );
  return Buffer.byteLength((kind === 'topic' ? input.Message : input.MessageBody) + attributes.join(''));
}

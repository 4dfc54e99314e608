import { systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { attributesOf } from './attributes.ts';
import type { Entry, Message, MessageParts } from './entry.ts';
import { groupIn } from './group-in.ts';
import { isFifo } from './is-fifo.ts';
import { type Outgoing, refuse } from './outgoing.ts';

/** What goes beside the body of a message to a topic or a queue. Throws a `PublishError`. */
export function messageOf({ clock = systemClock }: Connection, outgoing: Outgoing, address: string): Message {
  const { id = crypto.randomUUID(), time = clock.now(), deduplicationId } = outgoing.options;
  const fifo = isFifo(address);
  return {
    id,
    MessageAttributes: attributesOf(outgoing, id, time),
    MessageGroupId: groupOf(outgoing, fifo),
    MessageDeduplicationId: deduplicationId ?? (fifo ? id : undefined),
  };
}

function groupOf(outgoing: Outgoing, fifo: boolean): string | undefined {
  const { event, payload, options } = outgoing;
  const group = options.groupId ?? groupIn(event, payload);
  // AWS takes no empty group; without one, a message of a standard queue is a group of its own.
  if (group || !fifo) return group || undefined;
  throw refuse(outgoing, 'group-missing', `FIFO needs a message group, from ${event.ordering ?? 'groupId'}`);
}

/** Bytes of a message: its attributes count like its body. */
export function messageBytes(_: Outgoing, body: string, message: Message | undefined): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { DataType, StringValue }] of Object.entries(message?.MessageAttributes ?? {})) {
    bytes += Buffer.byteLength(name + DataType + StringValue);
  }
  return bytes;
}

/** What SNS and SQS take of a message beside its body. */
export function partsOf({ message }: Entry): MessageParts {
  const { id: _, ...parts } = message as Message;
  return parts;
}

import { messageGroupIdCharacters } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { attributesOf } from './attributes.ts';
import { hasText, optionInvalid } from './check-options.ts';
import type { Entry, Message, MessageParts } from './entry.ts';
import { groupIn } from './group-in.ts';
import { isFifo } from './is-fifo.ts';
import { type Outgoing, refuse } from './outgoing.ts';

/** What goes beside the body of a message to a topic or a queue. Throws a `PublishError`. */
export function messageOf({ clock = systemClock }: Connection, outgoing: Outgoing, address: string): Message {
  const { id = crypto.randomUUID(), time = clock.now() } = outgoing.options;
  const fifo = isFifo(address);
  return {
    id,
    MessageAttributes: attributesOf(outgoing, id, time),
    MessageGroupId: groupOf(outgoing, fifo),
    MessageDeduplicationId: deduplicationIdOf(outgoing, fifo, id),
  };
}

function groupOf(outgoing: Outgoing, fifo: boolean): string | undefined {
  const { event, payload, options } = outgoing;
  const group = options.groupId ?? groupIn(event, payload);
  const from = options.groupId == null ? (event.ordering ?? event.fairness ?? 'groupId') : 'groupId';
  // AWS takes no empty group; without one, a message of a standard queue is a group of its own.
  if (!group && !fifo) return undefined;
  if (!group) throw refuse(outgoing, 'group-missing', `FIFO needs a message group, from ${from}`);
  if (isToken(group)) return group;
  throw refuse(outgoing, 'group-invalid', `its message group, from ${from}, ${mustBe}`);
}

/** The id of the event tells duplicates apart, unless the caller says what does. */
function deduplicationIdOf(outgoing: Outgoing, fifo: boolean, id: string): string | undefined {
  const { deduplicationId = fifo ? id : undefined } = outgoing.options;
  if (deduplicationId === undefined) return undefined;
  if (!fifo) throw optionInvalid(outgoing, 'deduplicationId is for FIFO alone');
  if (isToken(deduplicationId)) return deduplicationId;
  throw optionInvalid(outgoing, `its deduplication id ${mustBe}`);
}

/** What SQS and SNS take for a message group or a deduplication id. */
const isToken = (value: unknown): value is string => hasText(value, messageGroupIdCharacters) && /^[!-~]+$/.test(value);

const mustBe = `takes 1 to ${messageGroupIdCharacters} letters, digits and punctuation marks of ASCII`;

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

import { limits } from '@eventloom/engine';
import { noteRemoved } from '../accounting/standing.ts';
import { md5OfAttributes } from '../state/content.ts';
import { systemAttributes } from '../state/envelopes.ts';
import { consumersOfLetter } from '../state/letters.ts';
import { type Message, messageIdOfHandle, receiptHandle } from '../state/message.ts';
import { hideUntil, lose, receive, take } from '../state/queue.ts';
import type { Queue, World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';
import { callBatch } from './batch.ts';
import type { WireCall, WireInput } from './call.ts';
import { optionalNumber, structures, text, texts } from './input.ts';
import { queueOf } from './sqs-queues.ts';

/** Answers ReceiveMessage. In virtual time it never waits; in real time it waits up to `WaitTimeSeconds`. */
export async function receiveMessage(world: World, call: WireCall): Promise<unknown> {
  const queue = queueOf(world, call);
  const options = receiveOptions(call.input);
  const waitSeconds = inRange(call.input, 'WaitTimeSeconds', [0, limits.receiveWaitSecondsMaximum.value]) ?? 0;
  const deadline = world.scheduler.now() + (world.scheduler.kind === 'real' ? waitSeconds * 1000 : 0);
  let messages = receive(world, queue, options);
  while (messages.length === 0 && world.scheduler.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    messages = receive(world, queue, options);
  }
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => writeMessage(message, call.input)) };
}

const pollMilliseconds = 20;

function receiveOptions(input: WireInput): { readonly maximum: number; readonly visibilityTimeoutSeconds?: number } {
  const maximum = inRange(input, 'MaxNumberOfMessages', [1, limits.receiveMessages.value]) ?? 1;
  const visibilityTimeoutSeconds = visibilityOf(input);
  return visibilityTimeoutSeconds === null ? { maximum } : { maximum, visibilityTimeoutSeconds };
}

function visibilityOf(input: WireInput): number | null {
  const { value: least } = limits.visibilityTimeoutSecondsMinimum;
  return inRange(input, 'VisibilityTimeout', [least, limits.visibilityTimeoutSecondsMaximum.value]);
}

function inRange(input: WireInput, field: string, [least, most]: readonly [number, number]): number | null {
  const value = optionalNumber(input, field);
  if (value === null || (value >= least && value <= most)) return value;
  const reason = `Must be >= ${least} and <= ${most}, if provided.`;
  throw new AwsError('InvalidParameterValue', `Value ${value} for parameter ${field} is invalid. Reason: ${reason}`);
}

function writeMessage(message: Message, input: WireInput): unknown {
  const systemNames = [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')];
  const system = pick(Object.entries(systemAttributes(message)), systemNames);
  const own = pick([...message.content.attributes], texts(input, 'MessageAttributeNames'));
  const attributes = own.map(([name, { dataType, stringValue, binaryValue }]) => {
    const value = stringValue === null ? { BinaryValue: binaryValue } : { StringValue: stringValue };
    return [name, { ...value, DataType: dataType }] as const;
  });
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: message.content.md5OfBody,
    Body: message.content.body,
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(own.length > 0
      ? { MessageAttributes: Object.fromEntries(attributes), MD5OfMessageAttributes: md5OfAttributes(new Map(own)) }
      : {}),
  };
}

/** Keeps what is named: `All`, `.*`, a name, or a prefix followed by `.*`. */
function pick<T>(entries: readonly [string, T][], names: readonly string[]): [string, T][] {
  const isNamed = (name: string) =>
    names.some(
      (wanted) =>
        wanted === 'All' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
  return entries.filter(([name]) => isNamed(name));
}

/** Answers DeleteMessage. */
export function deleteMessage(world: World, call: WireCall): unknown {
  return deleteOne(world, queueOf(world, call), call.input);
}

/** Answers DeleteMessageBatch. */
export function deleteMessageBatch(world: World, call: WireCall): unknown {
  const queue = queueOf(world, call);
  return callBatch(structures(call.input, 'Entries'), queryPrefix, (entry) => deleteOne(world, queue, entry));
}

function deleteOne(world: World, queue: Queue, input: WireInput): object {
  const message = messageOf(queue, input);
  if (message === null) return {};
  if (isReadByClients(world, queue)) take(world, queue, message);
  else lose(world, queue, message, 'deleted by a client');
  for (const consumer of consumersOfLetter(world, queue, message.content))
    noteRemoved(world.ledger, message.event, consumer);
  return {};
}

/** Tells whether whoever receives from a queue is the consumer: that of a subscriber. */
function isReadByClients({ functions }: World, { consumer }: Queue): boolean {
  return consumer !== null && functions[consumer]?.end !== undefined;
}

/** Answers ChangeMessageVisibility. */
export function changeVisibility(world: World, call: WireCall): unknown {
  return changeOne(world, queueOf(world, call), call.input);
}

/** Answers ChangeMessageVisibilityBatch. */
export function changeVisibilityBatch(world: World, call: WireCall): unknown {
  const queue = queueOf(world, call);
  return callBatch(structures(call.input, 'Entries'), queryPrefix, (entry) => changeOne(world, queue, entry));
}

function changeOne(world: World, queue: Queue, input: WireInput): object {
  const seconds = visibilityOf(input);
  if (seconds === null)
    throw new AwsError('MissingParameter', 'The request must contain the parameter VisibilityTimeout.');
  const now = world.scheduler.now();
  const message = messageOf(queue, input);
  if (message === null || message.visibleAt <= now) {
    throw new AwsError('MessageNotInflight', 'The message is not in flight.', {
      queryCode: `${queryPrefix}MessageNotInflight`,
    });
  }
  hideUntil(queue, message, now + seconds * 1000);
  return {};
}

const queryPrefix = 'AWS.SimpleQueueService.';

/** The message of a receipt handle; null when it is gone or was received again since. */
function messageOf(queue: Queue, input: WireInput): Message | null {
  const handle = text(input, 'ReceiptHandle');
  const messageId = messageIdOfHandle(handle);
  if (messageId === null) {
    const message = `The input receipt handle "${handle}" is not a valid receipt handle.`;
    throw new AwsError('ReceiptHandleIsInvalid', message, { status: 404 });
  }
  const message = queue.shelf.all.get(messageId);
  return message !== undefined && receiptHandle(message) === handle ? message : null;
}

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { arn, deadLetterQueueName, functionName, queueUrl } from '../../state/names.ts';
import type { LocalSystem } from '../../system.ts';
import { type AnyHandler, testLocation } from '../wrap.ts';
import { eventIdIn, firstOf, type TopicMessage } from './letters.ts';
import { incomingName } from './topology.ts';

/** A message to be put before the handler. */
export interface Incoming {
  readonly body: string;
  readonly attributes: Attributes;
  /** True for a function that a rule invokes with the body itself, instead of a topic. */
  readonly direct: boolean;
  readonly group: string;
  /** For a FIFO queue. */
  readonly deduplicationId: string;
  readonly traceHeader?: string | undefined;
}

/** Message attributes as the clients of SNS and SQS take them. */
export type Attributes = Readonly<Record<string, MessageAttributeValue>>;

/**
 * Puts a message on the queue of the handler or on the topic that invokes its function, or invokes that as a rule does.
 * Returns the id by which the handler is told it; undefined when that is the event's own.
 */
export async function deliver(
  system: LocalSystem,
  handler: AnyHandler,
  message: Incoming,
): Promise<string | undefined> {
  const { lambda, sns } = system.clients;
  const { body, attributes } = message;
  if (handler.delivery === 'queue') return sendToQueue(system, handler, message);
  if (message.direct) {
    const FunctionName = functionName('test', named(handler));
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(body) }));
    return undefined;
  }
  const TopicArn = arn(testLocation, 'sns', incomingName);
  const command = new PublishCommand({ TopicArn, Message: body, MessageAttributes: { ...attributes } });
  return (await sns.send(command)).MessageId;
}

async function sendToQueue(
  { clients }: LocalSystem,
  { definition: { fifo } }: AnyHandler,
  { body, attributes, group, deduplicationId, traceHeader }: Incoming,
): Promise<string | undefined> {
  const trace = traceHeader && { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } };
  const command = new SendMessageCommand({
    QueueUrl: queueUrl(testLocation, fifo ? `${incomingName}.fifo` : incomingName),
    MessageBody: body,
    MessageAttributes: { ...attributes },
    ...(fifo ? { MessageGroupId: group, MessageDeduplicationId: deduplicationId } : {}),
    ...(trace && { MessageSystemAttributes: trace }),
  });
  return (await clients.sqs.send(command)).MessageId;
}

/**
 * Takes everything from the dead-letter queue and puts it before the handler again, as it was. Returns how many that
 * were.
 * @param eventIds Is told the id of each event, by the id under which the handler gets it now.
 */
export async function redriveAll(
  system: LocalSystem,
  handler: AnyHandler,
  eventIds: Map<string, string>,
): Promise<number> {
  const { sqs } = system.clients;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: deadLetterQueueOf(handler) }));
  const all = {
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All' as const],
    MaxNumberOfMessages: 10,
  };
  for (let count = 0; ; ) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...all }));
    if (Messages.length === 0) return count;
    for (const letter of Messages) {
      const before = eventIds.get(letter.MessageId ?? '');
      // Another id than before, or a FIFO queue would take it for the one that it had.
      const deduplicationId = `redriven-${letter.MessageId}-${count}`;
      const messageId = await deliver(system, handler, { ...messageOf(handler, letter), deduplicationId });
      const id = eventIdIn(letter.Body, letter.MessageAttributes?.id?.StringValue) ?? before;
      if (messageId !== undefined && id !== undefined) eventIds.set(messageId, id);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: letter.ReceiptHandle }));
      count++;
    }
  }
}

function deadLetterQueueOf(handler: AnyHandler): string {
  if (handler.delivery === 'function') return deadLetterQueueName(functionName('test', named(handler)));
  return deadLetterQueueName(handler.definition.fifo ? `${incomingName}.fifo` : incomingName);
}

/** What the name of its function is made of. */
function named({ definition: { service, consumer } }: AnyHandler): Parameters<typeof functionName>[1] {
  return { service, consumer } as Parameters<typeof functionName>[1];
}

/** What the handler was given, read off its dead letter. */
function messageOf(handler: AnyHandler, letter: Message): Omit<Incoming, 'deduplicationId'> {
  const { Body: body = '', MessageAttributes = {}, Attributes = {} } = letter;
  const group = Attributes.MessageGroupId ?? 'test';
  if (handler.delivery === 'function') return { ...requestIn(body), group };
  const { 'eventloom.failure': _, ...attributes } = MessageAttributes;
  return { body, attributes, direct: false, group, traceHeader: Attributes.AWSTraceHeader };
}

/** What a function was invoked with, from Lambda's record of it. */
function requestIn(body: string): Pick<Incoming, 'body' | 'attributes' | 'direct'> {
  const { requestPayload } = JSON.parse(body) as { readonly requestPayload: Readonly<Record<string, unknown>> };
  const { Sns } = firstOf(requestPayload) as { readonly Sns?: TopicMessage };
  if (Sns === undefined) return { body: JSON.stringify(requestPayload), attributes: {}, direct: true };
  const attributes = Object.entries(Sns.MessageAttributes ?? {}).map(([name, { Type, Value }]) => [
    name,
    { DataType: Type, StringValue: Value },
  ]);
  return { body: Sns.Message ?? '', attributes: Object.fromEntries(attributes), direct: false };
}

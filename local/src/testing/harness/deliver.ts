import { PublishCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { arn, deadLetterQueueName, functionName, queueUrl } from '../../state/names.ts';
import type { LocalSystem } from '../../system.ts';
import { type AnyHandler, testLocation, type WrappedEvent } from '../wrap.ts';
import { firstOf, type TopicMessage } from './letters.ts';
import { incomingName } from './topology.ts';

/** A message to be put before the handler. */
export interface Incoming extends Pick<WrappedEvent, 'body' | 'attributes' | 'id'> {
  readonly group: string;
  readonly traceHeader?: string | undefined;
}

/**
 * Puts a message on the queue of the handler, or on the topic that invokes its function. Returns the id by which the
 * handler is told it.
 */
export async function deliver({ clients }: LocalSystem, handler: AnyHandler, message: Incoming): Promise<string> {
  const { body, attributes, group, id, traceHeader } = message;
  const typed = Object.entries(attributes).map(([name, value]) => [
    name,
    { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) },
  ]);
  const MessageAttributes = Object.fromEntries(typed);
  if (handler.delivery === 'function') {
    const TopicArn = arn(testLocation, 'sns', incomingName);
    const { MessageId = '' } = await clients.sns.send(
      new PublishCommand({ TopicArn, Message: body, MessageAttributes }),
    );
    return attributes.type === undefined ? id : MessageId;
  }
  const { fifo } = handler.definition;
  const QueueUrl = queueUrl(testLocation, fifo ? `${incomingName}.fifo` : incomingName);
  const order = fifo ? { MessageGroupId: group, MessageDeduplicationId: id } : {};
  const trace = traceHeader && { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } };
  const command = new SendMessageCommand({
    QueueUrl,
    MessageBody: body,
    MessageAttributes,
    ...order,
    ...(trace && { MessageSystemAttributes: trace }),
  });
  return (await clients.sqs.send(command)).MessageId ?? '';
}

/** Takes everything from the dead-letter queue and puts it before the handler again. Returns how many that were. */
export async function redriveAll(system: LocalSystem, handler: AnyHandler): Promise<number> {
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
    for (const { Body = '', MessageAttributes = {}, Attributes = {}, ReceiptHandle, MessageId = '' } of Messages) {
      const attributes = Object.fromEntries(
        Object.entries(MessageAttributes)
          .filter(([name]) => name !== 'eventloom.failure')
          .map(([name, { StringValue = '' }]) => [name, StringValue]),
      );
      const message = handler.delivery === 'queue' ? { body: Body, attributes } : requestIn(Body);
      // Another id than before, or a FIFO queue would take it for the one that it had.
      const id = `redriven-${MessageId}-${count}`;
      await deliver(system, handler, { ...message, id, group: Attributes.MessageGroupId ?? 'test' });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      count++;
    }
  }
}

function deadLetterQueueOf({ delivery, definition: { fifo, service, consumer } }: AnyHandler): string {
  if (delivery === 'queue') return deadLetterQueueName(fifo ? `${incomingName}.fifo` : incomingName);
  const named = { service, consumer } as Parameters<typeof functionName>[1];
  return deadLetterQueueName(functionName('test', named));
}

/** What a function was invoked with, from Lambda's record of it. */
function requestIn(body: string): Pick<Incoming, 'body' | 'attributes'> {
  const { requestPayload } = JSON.parse(body) as { readonly requestPayload: Readonly<Record<string, unknown>> };
  const { Sns } = firstOf(requestPayload) as { readonly Sns?: TopicMessage };
  if (Sns === undefined) return { body: JSON.stringify(requestPayload), attributes: {} };
  const attributes = Object.entries(Sns.MessageAttributes ?? {}).map(([name, { Value }]) => [name, Value] as const);
  return { body: Sns.Message ?? '', attributes: Object.fromEntries(attributes) };
}

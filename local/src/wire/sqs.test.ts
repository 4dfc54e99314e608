import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { queue, queueConsumer, queueRoute, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

function shop(rest: Parameters<typeof queue>[1] = {}) {
  const topology = topologyOf(
    [queue('jobs', rest), queue('ordered.fifo'), queue('work')],
    [queueConsumer('a/w', [queueRoute('w', 'queue:work')])],
  );
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/w': () => undefined }) });
  const { sqs } = system.clients;
  const send = (input: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm', ...input }));
  const receive = async (input: Partial<ReceiveMessageCommandInput> = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...input }))).Messages;
  return { system, sqs, send, receive };
}

test('what is sent is received with its attributes, hidden, and gone when deleted', async () => {
  const { system, sqs, send, receive } = shop();
  const MessageAttributes = {
    name: { DataType: 'String', StringValue: '<&>' },
    bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
  };
  const sent = await send({ MessageBody: 'body', MessageAttributes });
  const names = { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
  const [message] = (await receive(names)) ?? [];
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'body',
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: { ApproximateReceiveCount: '1' },
    MessageAttributes,
  });
  expect(await receive()).toBeUndefined();
  await system.advance(60_000);
  const [again] = (await receive()) ?? [];
  expect(again).toMatchObject({ MessageId: sent.MessageId });
  expect(again).not.toHaveProperty('MessageAttributes');
  expect(again?.ReceiptHandle).not.toBe(message?.ReceiptHandle);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  await system.advance(60_000);
  expect(await receive()).toBeUndefined();
});

test('the digest of attributes is that of SQS', async () => {
  const { send } = shop();
  // From the description of the algorithm: length-prefixed name, type and value, with a byte for the kind of value.
  const { MD5OfMessageAttributes } = await send({
    MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
  });
  expect(MD5OfMessageAttributes).toBe('bef8bf215374a0a228d67533b1a488be');
});

test('a message that clients receive too often moves to the dead-letter queue', async () => {
  const { system, send, receive } = shop({ maxReceiveCount: 2 });
  const { MessageId } = await send();
  for (let time = 0; time < 2; time++) {
    expect(await receive()).toHaveLength(1);
    await system.advance(60_000);
  }
  expect(await receive()).toBeUndefined();
  const dead = await receive({ QueueUrl: `${QueueUrl}-dlq`, MessageSystemAttributeNames: ['All'] });
  const DeadLetterQueueSourceArn = 'arn:aws:sqs:us-east-1:000000000000:jobs';
  expect(dead).toMatchObject([{ MessageId, Body: 'm', Attributes: { DeadLetterQueueSourceArn } }]);
});

test('visibility can be changed while a message is in flight, and not afterwards', async () => {
  const { system, sqs, send, receive } = shop();
  await send();
  const [message] = (await receive()) ?? [];
  const ReceiptHandle = message?.ReceiptHandle;
  const change = (VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  await change(600);
  await system.advance(599_000);
  expect(await receive()).toBeUndefined();
  await change(0);
  expect(await receive()).toHaveLength(1);
  await expect(change(5)).rejects.toMatchObject({ name: 'MessageNotInflight' });
});

test('a batch sends and deletes what it can', async () => {
  const { sqs, receive } = shop();
  const entries = [
    { Id: 'a', MessageBody: 'one' },
    { Id: 'b', MessageBody: 'bad \u0001' },
    { Id: 'c', MessageBody: 'two', DelaySeconds: 5 },
  ];
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries }));
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
  expect(sent.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidMessageContents', SenderFault: true }]);
  const messages = (await receive()) ?? [];
  expect(messages.map(({ Body }) => Body)).toEqual(['one']);
  const deletions = [
    { Id: 'x', ReceiptHandle: messages[0]?.ReceiptHandle },
    { Id: 'y', ReceiptHandle: 'nonsense' },
  ];
  const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: deletions }));
  expect(deleted.Successful).toEqual([{ Id: 'x' }]);
  expect(deleted.Failed).toMatchObject([{ Id: 'y', Code: 'ReceiptHandleIsInvalid' }]);
});

test('the attributes of a queue count its messages and name its dead-letter queue', async () => {
  const { sqs, send, receive } = shop();
  await send();
  await send();
  await send({ DelaySeconds: 9 });
  await receive({ MaxNumberOfMessages: 1 });
  const all = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(all.Attributes).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    QueueArn: 'arn:aws:sqs:us-east-1:000000000000:jobs',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:jobs-dlq","maxReceiveCount":3}',
  });
  const one = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }));
  expect(one.Attributes).toEqual({ VisibilityTimeout: '60' });
});

test('queues are found by name and by prefix, and purged', async () => {
  const { sqs, send, receive } = shop();
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).QueueUrl).toBe(QueueUrl);
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'jobs' }));
  expect(QueueUrls).toEqual([`${QueueUrl}-dlq`, QueueUrl]);
  await send();
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  expect(await receive()).toBeUndefined();
});

test('messages that a client takes from a consumer count as lost', async () => {
  const { system, sqs } = shop();
  const work = QueueUrl.replace('jobs', 'work');
  await sqs.send(new SendMessageCommand({ QueueUrl: work, MessageBody: 'm' }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl: work }));
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ received: 1, invocations: 0, lost: 1, inFlight: 0 }]);
});

test('an unknown queue gives the typed error, with the code of the query protocol', async () => {
  const { send } = shop();
  const error = await send({ QueueUrl: `${QueueUrl}x` }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(QueueDoesNotExist);
  expect(error).toMatchObject({ Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' } });
});

const fifo = { QueueUrl: QueueUrl.replace('jobs', 'ordered.fifo') };
const attribute = (StringValue: string) => ({ MessageAttributes: { a: { DataType: 'String', StringValue } } });
const eleven = Object.fromEntries(
  Array.from({ length: 11 }, (_, n) => [`a${n}`, { DataType: 'String', StringValue: 'x' }]),
);

test.each([
  ['no body', 'MissingParameter', { MessageBody: '' }],
  ['a control character', 'InvalidMessageContents', { MessageBody: '\u0000' }],
  ['half a surrogate pair', 'InvalidMessageContents', { MessageBody: 'a\ud800' }],
  ['tabs, line breaks and emoji', 'success', { MessageBody: '\t\r\n\u007f\u0085🎉\ufffd' }],
  ['a megabyte and a byte', 'InvalidParameterValue', { MessageBody: 'x'.repeat(1_048_577) }],
  ['a megabyte', 'success', { MessageBody: 'x'.repeat(1_048_576) }],
  ['eleven attributes', 'InvalidParameterValue', { MessageAttributes: eleven }],
  ['half a surrogate pair in an attribute', 'InvalidParameterValue', attribute('\ud83d')],
  ['a control character in an attribute', 'InvalidParameterValue', attribute('\u0001')],
  ['tabs, line breaks and emoji in an attribute', 'success', attribute('\t\r\n🎉')],
  ['a group with a space', 'InvalidParameterValue', { MessageGroupId: 'Ada Lovelace' }],
  ['a long group', 'InvalidParameterValue', { MessageGroupId: 'x'.repeat(129) }],
  ['the longest group', 'success', { MessageGroupId: '!~'.repeat(64) }],
  ['a deduplication id on a standard queue', 'InvalidParameterValue', { MessageDeduplicationId: 'd' }],
  ['a bad deduplication id', 'InvalidParameterValue', { ...fifo, MessageGroupId: 'g', MessageDeduplicationId: 'é' }],
  ['a long delay', 'InvalidParameterValue', { DelaySeconds: 901 }],
  ['no group on a FIFO queue', 'MissingParameter', fifo],
  ['no deduplication id on a FIFO queue', 'InvalidParameterValue', { ...fifo, MessageGroupId: 'g' }],
])('sending %s gives %s', async (_, name, input) => {
  const { send } = shop();
  const answer = await send(input).then(
    () => 'success',
    (error: Error) => error.name,
  );
  expect(answer).toBe(name);
});

test.each([
  ['more than ten messages', { MaxNumberOfMessages: 11 }],
  ['a visibility past twelve hours', { VisibilityTimeout: 43_201 }],
  ['a wait past twenty seconds', { WaitTimeSeconds: 21 }],
])('receiving with %s is refused', async (_, input) => {
  const { receive } = shop();
  await expect(receive(input)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('an operation that is not there says so', async () => {
  const { sqs } = shop();
  await expect(sqs.send(new CreateQueueCommand({ QueueName: 'new' }))).rejects.toThrow(/has no operation CreateQueue/);
});

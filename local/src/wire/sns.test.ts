import { GetTopicAttributesCommand, ListTopicsCommand, PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { modulesOf, perRecord } from '../fixtures/handlers.ts';
import { queueConsumer, topic, topicRoute, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';

const arn = 'arn:aws:sns:us-east-1:000000000000:orders';
const attribute = (name: string, value: object) => ({ MessageAttributes: { [name]: value } });

function shop() {
  const bodies: string[] = [];
  const topology = topologyOf(
    [topic('orders'), topic('ordered.fifo')],
    [queueConsumer('a/b', [topicRoute('b', 'topic:orders')])],
  );
  const handlers = modulesOf({ 'a/b': perRecord(({ body }) => bodies.push(body)) });
  const system = createLocalSystem({ topology, handlers });
  const publish = (input: object) =>
    system.clients.sns.send(new PublishCommand({ TopicArn: arn, Message: 'm', ...input }));
  const publishBatch = (entries: { Id: string; Message?: string }[]) =>
    system.clients.sns.send(
      new PublishBatchCommand({
        TopicArn: arn,
        PublishBatchRequestEntries: entries.map((entry) => ({ Message: 'm', ...entry })),
      }),
    );
  return { system, bodies, publish, publishBatch };
}

test.each([
  ['an unknown topic', { TopicArn: `${arn}<&>` }, 'NotFoundException', 'Topic does not exist'],
  ['something that is no ARN', { TopicArn: 'orders' }, 'InvalidParameterException', 'Invalid parameter: TopicArn'],
  ['no topic', { TopicArn: undefined }, 'InvalidParameterException', /no value for required parameter/],
  ['an empty message', { Message: '' }, 'InvalidParameterException', 'Invalid parameter: Empty message'],
  ['a long message', { Message: 'é'.repeat(131_073) }, 'InvalidParameterException', /Message too long/],
  [
    'an empty attribute',
    attribute('a', { DataType: 'String', StringValue: '' }),
    'InvalidParameterException',
    /non-empty/,
  ],
  ['a bad type', attribute('a', { DataType: 'Text', StringValue: 'x' }), 'InvalidParameterException', /attribute type/],
  ['a group with a space', { MessageGroupId: 'a b' }, 'InvalidParameterException', /alphanumeric and punctuation/],
  ['a long group', { MessageGroupId: 'x'.repeat(129) }, 'InvalidParameterException', /1 to 128 in length/],
  [
    'a deduplication id on a standard topic',
    { MessageDeduplicationId: 'd' },
    'InvalidParameterException',
    /not valid for this topic type/,
  ],
  [
    'a control character',
    attribute('a', { DataType: 'String', StringValue: '\u0001' }),
    'InvalidParameterException',
    /outside the allowed set/,
  ],
  ['no number', attribute('a', { DataType: 'Number', StringValue: 'x' }), 'InvalidParameterException', /to number/],
  ['a bad name', attribute('a<b>&', { DataType: 'String', StringValue: 'x' }), 'InvalidParameterException', /"a<b>&"/],
  [
    'a reserved name',
    attribute('AWS.a', { DataType: 'String', StringValue: 'x' }),
    'InvalidParameterException',
    /AWS\.a/,
  ],
])('publishing with %s gives the typed error', async (_, input, name, message) => {
  const { publish } = shop();
  await expect(publish(input)).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { requestId: expect.any(String), attempts: 1 },
  });
});

test('a FIFO topic wants a group and a deduplication id', async () => {
  const { publish } = shop();
  const fifo = { TopicArn: 'arn:aws:sns:us-east-1:000000000000:ordered.fifo' };
  await expect(publish(fifo)).rejects.toThrow(/MessageGroupId parameter is required/);
  await expect(publish({ ...fifo, MessageGroupId: 'g' })).rejects.toThrow(/ContentBasedDeduplication/);
  const answer = await publish({ ...fifo, MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  expect(answer.SequenceNumber).toMatch(/^\d{20}$/);
});

test('entries of a batch succeed and fail one by one', async () => {
  const { system, bodies, publishBatch } = shop();
  const answer = await publishBatch([{ Id: 'a', Message: 'one' }, { Id: 'b', Message: '' }, { Id: 'c' }]);
  await system.settle();
  expect(answer.Successful?.map(({ Id, MessageId }) => [Id, typeof MessageId])).toEqual([
    ['a', 'string'],
    ['c', 'string'],
  ]);
  expect(answer.Failed).toEqual([
    { Id: 'b', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true },
  ]);
  expect(bodies).toEqual(['one', 'm']);
});

const many = (count: number, entry: object = {}) => Array.from({ length: count }, (_, n) => ({ Id: `${n}`, ...entry }));

test.each([
  ['no entries', [], 'EmptyBatchRequestException'],
  ['eleven entries', many(11), 'TooManyEntriesInBatchRequestException'],
  ['one id twice', [{ Id: 'a' }, { Id: 'a' }], 'BatchEntryIdsNotDistinctException'],
  ['a bad id', [{ Id: 'a b' }], 'InvalidBatchEntryIdException'],
  ['too much together', many(3, { Message: 'x'.repeat(100_000) }), 'BatchRequestTooLongException'],
])('a batch with %s is refused and publishes nothing', async (_, entries, name) => {
  const { system, bodies, publishBatch } = shop();
  await expect(publishBatch(entries)).rejects.toMatchObject({ name });
  await system.settle();
  expect(bodies).toEqual([]);
});

test('topics can be listed', async () => {
  const { system } = shop();
  const { Topics } = await system.clients.sns.send(new ListTopicsCommand({}));
  expect(Topics).toEqual([{ TopicArn: arn }, { TopicArn: 'arn:aws:sns:us-east-1:000000000000:ordered.fifo' }]);
});

test('a topic says what it is, or that it is not there', async () => {
  const { sns } = shop().system.clients;
  const fifo = 'arn:aws:sns:us-east-1:000000000000:ordered.fifo';
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: fifo }));
  expect(Attributes).toMatchObject({ TopicArn: fifo, FifoTopic: 'true', ContentBasedDeduplication: 'false' });
  const missing = sns.send(new GetTopicAttributesCommand({ TopicArn: `${arn}s` }));
  await expect(missing).rejects.toMatchObject({ name: 'NotFoundException' });
});

import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { AwsClient, Environment } from '../connection.ts';
import type { PublisherDefinition } from '../definitions.ts';
import type { PublishOptions } from '../publish/options.ts';
import { toBus } from '../publish/to-bus.ts';
import { toQueue } from '../publish/to-queue.ts';
import type { Validator } from '../validator.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { OutboxWrite } from './outbox-item.ts';
import { outboxRelay } from './outbox-relay.ts';

const anObject: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as { readonly n?: unknown }).n === 'number';
    anObject.errors = valid ? null : [{ instancePath: '/n', schemaPath: '#/n', keyword: 'type', params: {} }];
    return valid;
  },
  { errors: null as Validator<unknown>['errors'] },
);

const onBus = { source: 'shop.orders', validate: anObject, headers: [] };
const bus = { transport: toBus, environmentVariable: 'BUS' } as const;
const queue = { transport: toQueue, environmentVariable: 'QUEUE' } as const;
const definition: PublisherDefinition = {
  service: 'orders',
  operations: {
    placeOrder: [{ ...onBus, name: 'OrderPlaced', destination: bus }],
    work: [
      { ...onBus, name: 'Pick', destination: queue, ordering: '/n' },
      { ...onBus, name: 'Pack', destination: queue, ordering: '/n' },
    ],
  },
};

interface OrdersOutbox extends Outbox {
  placeOrder(payload: object, options?: PublishOptions): OutboxWrite;
  work(name: string, payload: object, options?: PublishOptions): OutboxWrite;
}

const environment: Environment = {
  EVENTLOOM_OUTBOX_TABLE_NAME: 'outbox',
  BUS: 'shop',
  QUEUE: 'https://sqs.eu-west-1.amazonaws.com/1/work.fifo',
};
const now = new Date('2026-11-25T12:00:00.123Z');
const clock = { now: () => now, sleep: async () => {} };

const outbox = (more: Partial<Environment> = {}): OrdersOutbox =>
  createOutbox<OrdersOutbox>(definition, { environment: { ...environment, ...more }, clock });

/** What the stream of the table says of items, in their order. */
const streamOf = (...writes: readonly OutboxWrite[]): { Records: object[] } => ({
  Records: writes.map(({ Put: { Item } }, index) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `${index}`, Keys: { id: Item.id }, NewImage: Item },
  })),
});

interface Aws {
  /** Returns the answer to an entry of PutEvents; throws what DynamoDB throws. */
  readonly entry?: (n: number) => object;
  readonly table?: (command: string, id: string) => void;
}

interface Sent {
  readonly name: string;
  readonly input: Record<string, never>;
}

/** Runs the relay over the stream. */
async function relay(input: unknown, { entry = (n) => ({ EventId: `e-${n}` }), table = () => {} }: Aws = {}) {
  const sent: Sent[] = [];
  const client = (answer: (name: string, input: never) => unknown): AwsClient => ({
    send: async (command) => {
      const { input } = command as { readonly input: Record<string, never> };
      sent.push({ name: command.constructor.name, input });
      return answer(command.constructor.name, input as never);
    },
  });
  const lines: { level: string; line: Record<string, unknown> }[] = [];
  const clients = {
    eventBridge: client((_, { Entries }: { Entries: { Detail: string }[] }) => ({
      Entries: Entries.map(({ Detail }) => entry(JSON.parse(Detail).n)),
    })),
    sqs: client((_, { Entries }: { Entries?: { Id: string }[] }) => ({
      MessageId: 'm',
      Successful: (Entries ?? []).map(({ Id }) => ({ Id, MessageId: 'm' })),
    })),
    dynamoDb: client((name, { Key }: { Key: { id: { S: string } } }) => table(name, Key.id.S)),
  };
  const handler = outboxRelay(definition, { environment, clients, clock });
  const log = (level: string, line: string): void => {
    lines.push({ level, line: JSON.parse(line) });
  };
  const invocation = { environment, clients, clock, log };
  const answer = await handler(input, { [Symbol.for('eventloom.invocation')]: invocation } as never);
  const of = (name: string): Record<string, never>[] => sent.filter((one) => one.name === name).map((one) => one.input);
  return { answer, sent, lines, of, failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

const published = ({ of }: Awaited<ReturnType<typeof relay>>): number[] =>
  of('PutEventsCommand').flatMap(({ Entries }) =>
    (Entries as unknown as { Detail: string }[]).map((one) => JSON.parse(one.Detail).n),
  );

const refuse = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: 'no' });

describe('an outbox', () => {
  test('makes an event an item of a transaction, with its identity', () => {
    const { Put } = outbox().placeOrder({ n: 1 }, { id: 'o-1', correlationId: 'c-1' });
    expect(Put).toEqual({
      TableName: 'outbox',
      ConditionExpression: 'attribute_not_exists(id)',
      Item: {
        id: { S: 'o-1' },
        name: { S: 'OrderPlaced' },
        source: { S: 'shop.orders' },
        payload: { S: '{"n":1}' },
        time: { S: '2026-11-25T12:00:00.123Z' },
        options: { S: '{"correlationId":"c-1"}' },
        createdAt: { S: '2026-11-25T12:00:00.123Z' },
        expiration: { N: `${Date.parse('2026-12-09T12:00:00Z') / 1000}` },
      },
    });
  });

  test('gives every event an id of its own', () => {
    const ids = [1, 2].map((n) => outbox().placeOrder({ n }).Put.Item.id.S);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/);
  });

  test('is written by a transaction of DynamoDB as it is', () => {
    const command = new TransactWriteItemsCommand({ TransactItems: [outbox().placeOrder({ n: 1 })] });
    expect(command.input.TransactItems).toHaveLength(1);
  });

  test('refuses what could not be published later', () => {
    expect(() => outbox().placeOrder({ n: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-payload' }));
    expect(() => outbox().work('Pick', { n: 1 }, { headers: {} })).not.toThrow();
    const large = { n: 1, note: 'x'.repeat(409_600) };
    expect(() => outbox().placeOrder(large)).toThrow(expect.objectContaining({ code: 'event-too-large' }));
    expect(() => outbox().work('Nothing', { n: 1 })).toThrow(TypeError);
  });

  test('needs the table at once, and no destination', () => {
    expect(() => outbox({ EVENTLOOM_OUTBOX_TABLE_NAME: '' })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError' }),
    );
    expect(() => outbox({ BUS: undefined }).placeOrder({ n: 1 })).not.toThrow();
  });

  test('writes items and events in one transaction', async () => {
    const inputs: unknown[] = [];
    const dynamoDb: AwsClient = { send: async (command) => inputs.push((command as { input: unknown }).input) };
    const own = { Put: { TableName: 'orders', Item: { id: { S: '1' } } } };
    const made = createOutbox<OrdersOutbox>(definition, { environment, clock, clients: { dynamoDb } });
    const event = made.placeOrder({ n: 1 });
    await made.$transact([own], [event]);
    expect(inputs).toEqual([{ TransactItems: [own, event] }]);
  });
});

describe('the relay of an outbox', () => {
  test('publishes an event as the one that was written, and removes it', async () => {
    const run = await relay(
      streamOf(outbox().placeOrder({ n: 1 }, { id: 'o-1', correlationId: 'c-1', traceHeader: 'Root=1' })),
    );
    expect(run.failed).toEqual([]);
    expect(run.of('PutEventsCommand')).toEqual([
      {
        Entries: [
          expect.objectContaining({
            EventBusName: 'shop',
            Source: 'shop.orders',
            DetailType: 'OrderPlaced',
            Detail: '{"n":1}',
            Time: now,
            TraceHeader: 'Root=1',
            Resources: ['urn:eventloom:id:o-1', 'urn:eventloom:correlation:c-1'],
          }),
        ],
      },
    ]);
    expect(run.of('DeleteItemCommand')).toEqual([{ TableName: 'outbox', Key: { id: { S: 'o-1' } } }]);
  });

  test('keeps group and id on a FIFO queue, the id guarding against duplicates', async () => {
    const run = await relay(streamOf(outbox().work('Pick', { n: 7 }, { id: 'w-1' })));
    const [{ Entries: [first] = [{}], ...alone } = {}] = [
      ...run.of('SendMessageBatchCommand'),
      ...run.of('SendMessageCommand'),
    ] as { Entries?: object[] }[];
    expect({ ...alone, ...first }).toMatchObject({ MessageGroupId: '7', MessageDeduplicationId: 'w-1' });
  });

  test('publishes in order, and fails from the first that is not accepted on', async () => {
    const writes = Array.from({ length: 25 }, (_, n) => outbox().placeOrder({ n }));
    const run = await relay(streamOf(...writes), {
      entry: (n) => (n === 12 ? refuse('AccessDeniedException') : { EventId: `e-${n}` }),
    });
    expect(run.failed).toEqual(['12']);
    expect(published(run)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(run.of('DeleteItemCommand')).toHaveLength(19);
  });

  test('loses nothing whatever DynamoDB says when it removes what is published', async () => {
    const run = await relay(streamOf(outbox().placeOrder({ n: 1 })), {
      table: () => {
        throw new Error('down');
      },
    });
    expect([run.failed, run.lines[0]?.line.message]).toEqual([[], 'Outbox event published, but not removed']);
  });

  test('marks what can never be published, tells it, and goes on', async () => {
    const [good, bad, refused] = [1, 2, 3].map((n) => outbox().placeOrder({ n }, { id: `o-${n}` })) as OutboxWrite[];
    const broken = { Put: { ...bad?.Put, Item: { ...bad?.Put.Item, payload: { S: '{' } } } } as OutboxWrite;
    const run = await relay(streamOf(broken, refused as OutboxWrite, good as OutboxWrite), {
      entry: (n) => (n === 3 ? refuse('MalformedDetail') : { EventId: 'e' }),
    });
    expect([run.failed, published(run)]).toEqual([[], [3, 1]]);
    const marked = run.of('UpdateItemCommand') as unknown as {
      Key: { id: { S: string } };
      ExpressionAttributeValues: Record<string, { S: string }>;
    }[];
    expect(marked.map(({ Key }) => Key.id.S)).toEqual(['o-2', 'o-3']);
    expect(marked.map(({ ExpressionAttributeValues: values }) => values[':failed']?.S)).toEqual([
      expect.stringContaining('payload of the item is no JSON'),
      expect.stringContaining('MalformedDetail'),
    ]);
    expect(run.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  test('tries again what it could not mark', async () => {
    const write = outbox().placeOrder({ n: 1 });
    const broken = { Put: { ...write.Put, Item: { ...write.Put.Item, payload: { S: '{' } } } } as OutboxWrite;
    const run = await relay(streamOf(outbox().placeOrder({ n: 2 }), broken), {
      table: (name) => {
        if (name === 'UpdateItemCommand') throw new Error('down');
      },
    });
    expect(run.failed).toEqual(['1']);
  });

  test.each([[null], [{}], [{ id: { N: '1' } }], ['text'], [{ id: { S: 'x' }, time: { S: 'never' } }]])(
    'is not held up by an image that is %j',
    async (NewImage) => {
      const records = [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '0', NewImage } }];
      const { Records } = streamOf(outbox().placeOrder({ n: 2 }));
      const run = await relay({ Records: [...records, ...Records] });
      expect([run.failed, published(run)]).toEqual([[], [2]]);
    },
  );

  test('does nothing for items that are changed or deleted', async () => {
    const { Records } = streamOf(outbox().placeOrder({ n: 1 }));
    const others = ['MODIFY', 'REMOVE'].map((eventName) => ({ ...Records[0], eventName }));
    expect((await relay({ Records: [...others, null] })).sent).toEqual([]);
  });

  test('says what is wrong with its input', async () => {
    await expect(relay({})).rejects.toThrow('no batch of a DynamoDB stream');
  });

  test('fails at start on Lambda when a destination is missing', () => {
    const lacking = { ...environment, QUEUE: '', AWS_LAMBDA_FUNCTION_NAME: 'relay' };
    expect(() => outboxRelay(definition, { environment: lacking })).toThrow(
      expect.objectContaining({ variable: 'QUEUE' }),
    );
  });
});

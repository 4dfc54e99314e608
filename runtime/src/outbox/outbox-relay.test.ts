import { tableItemBytes } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import {
  type Aws,
  environment,
  now,
  outbox,
  published,
  relay,
  relayed,
  streamOf,
} from '../../../test/support/orders-outbox.ts';
import { claiming } from '../claims/claiming.ts';
import type { OutboxWrite } from './outbox-item.ts';
import { outboxRelay } from './outbox-relay.ts';

interface Letter {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageAttributes: { readonly 'eventloom.failure': { readonly StringValue: string } };
}

const failureIn = ({ MessageAttributes }: Letter): unknown =>
  JSON.parse(MessageAttributes['eventloom.failure'].StringValue);

const fail = (): never => {
  throw new Error('down');
};

const refuse = (ErrorCode: string) => ({ ErrorCode, ErrorMessage: 'no' });

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

  test('marks what can never be published, puts it on the dead-letter queue, tells it, and goes on', async () => {
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
    const letters = run.of('SendMessageCommand') as unknown as Letter[];
    expect(letters.map(({ QueueUrl }) => QueueUrl)).toEqual(Array(2).fill(environment.EVENTLOOM_DEAD_LETTER_QUEUE_URL));
    expect(letters.map(({ MessageBody }) => JSON.parse(MessageBody))).toEqual([broken.Put.Item, refused?.Put.Item]);
    expect(letters.map(failureIn)).toEqual([
      expect.objectContaining({ code: 'malformed', consumer: 'orders/outbox-relay', messageId: '0' }),
      expect.objectContaining({ code: 'MalformedDetail', reason: 'no', messageId: '1' }),
    ]);
    expect(run.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  const rejection = (name: string): Error =>
    Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400, attempts: 1 } });

  test.each(['ValidationException', 'SerializationException', 'URIError'])(
    'finds the event for which a request is refused with %s, and publishes the others',
    async (name) => {
      const writes = [1, 2, 3, 4].map((n) => outbox().placeOrder({ n }, { id: `o-${n}` }));
      const accepted: number[] = [];
      const run = await relay(streamOf(...writes), {
        entry: (n) => {
          if (n === 2) throw rejection(name);
          accepted.push(n);
          return { EventId: 'e' };
        },
      });
      expect(run.failed).toEqual([]);
      expect(published(run)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
      const removed = run.of('DeleteItemCommand') as unknown as { Key: { id: { S: string } } }[];
      expect(removed.map(({ Key }) => Key.id.S)).toEqual(['o-1', 'o-3', 'o-4']);
      expect((run.of('SendMessageCommand') as unknown as Letter[]).map(failureIn)).toEqual([
        expect.objectContaining({ code: name, messageId: '1' }),
      ]);
    },
  );

  test.each(['AccessDeniedException', 'ThrottlingException', 'ResourceNotFoundException', 'Error', 'TypeError'])(
    'gives no event up for a request that fails with %s',
    async (name) => {
      const run = await relay(streamOf(...[1, 2].map((n) => outbox().placeOrder({ n }))), {
        entry: () => {
          throw rejection(name);
        },
      });
      expect(run.failed).toEqual(['0']);
      expect(run.of('PutEventsCommand')).toHaveLength(1);
      expect(run.of('SendMessageCommand')).toEqual([]);
    },
  );

  test('gives up the message that SQS refuses by itself', async () => {
    const Failed = [{ Id: '0', Code: 'InvalidParameterValue', Message: 'no', SenderFault: true }];
    const run = await relay(streamOf(outbox().work('Pick', { n: 1 }), outbox().work('Pick', { n: 2 })), {
      queue: (entries) => (entries.length > 0 ? { Successful: [{ Id: '1' }], Failed } : undefined),
    });
    expect(run.failed).toEqual([]);
    expect((run.of('SendMessageCommand') as unknown as Letter[]).map(failureIn)).toMatchObject([
      { code: 'InvalidParameterValue', messageId: '0' },
    ]);
    expect(run.of('DeleteItemCommand')).toHaveLength(1);
  });

  test('keeps the order of a message group when one of its events cannot be sent alone either', async () => {
    const writes = [1, 2, 3].map((n) => outbox().work('Pick', { n }, { groupId: n < 3 ? 'a' : 'b' }));
    let calls = 0;
    const run = await relay(streamOf(...writes), {
      queue: () => {
        calls++;
        if (calls < 3) throw rejection(calls === 1 ? 'SerializationException' : 'AccessDenied');
      },
    });
    // The first is tried again before the second may go; the third is in a group of its own.
    expect(run.failed).toEqual(['0']);
    const sent = run.of('SendMessageBatchCommand') as unknown as { Entries: { MessageBody: string }[] }[];
    expect(sent.map(({ Entries }) => Entries.map(({ MessageBody }) => JSON.parse(MessageBody).n))).toEqual([
      [1, 2, 3],
      [1],
      [3],
    ]);
  });

  test('gives up an event that was written before its options were checked', async () => {
    const good = outbox().work('Pick', { n: 2 });
    const bad = outbox().work('Pick', { n: 1 });
    const options = { S: JSON.stringify({ groupId: 'Ada Lovelace' }) };
    const run = await relay(streamOf({ Put: { ...bad.Put, Item: { ...bad.Put.Item, options } } }, good));
    expect([run.failed, run.of('DeleteItemCommand')]).toEqual([[], [expect.anything()]]);
    expect((run.of('SendMessageCommand') as unknown as Letter[]).map(failureIn)).toMatchObject([
      { code: 'group-invalid' },
    ]);
  });

  test('writes on the dead-letter queue what SQS would refuse as it is', async () => {
    const write = outbox().placeOrder({ n: 1, note: '\uffff' });
    const run = await relay(streamOf(write), { entry: () => refuse('MalformedDetail') });
    const [{ MessageBody = '' } = {}] = run.of('SendMessageCommand') as unknown as Letter[];
    expect(MessageBody).not.toContain('\uffff');
    expect(JSON.parse(MessageBody)).toEqual(write.Put.Item);
  });

  test('marks an item of any size that an outbox makes', async () => {
    const sizeOf = (note: string) => {
      const { Item } = outbox().placeOrder({ n: 1, note }, { id: 'o-1' }).Put;
      return Buffer.byteLength(
        Object.entries(Item)
          .map(([name, value]) => name + Object.values(value))
          .join(''),
      );
    };
    let largest = 0;
    for (let step = 2 ** 18; step >= 1; step /= 2) {
      try {
        sizeOf('x'.repeat(largest + step));
        largest += step;
      } catch {}
    }
    const write = outbox().placeOrder({ n: 1, note: 'x'.repeat(largest) }, { id: 'o-1' });
    const run = await relay(streamOf(write), {
      entry: () => ({ ErrorCode: 'MalformedDetail', ErrorMessage: '\u6f22'.repeat(2_000) }),
    });
    const [{ ExpressionAttributeValues: values } = {}] = run.of('UpdateItemCommand') as unknown as {
      ExpressionAttributeValues: Record<string, { S: string }>;
    }[];
    const marked = sizeOf('x'.repeat(largest)) + Buffer.byteLength(`failed${values?.[':failed']?.S}`);
    expect(marked).toBeGreaterThan(tableItemBytes - 100);
    expect(marked).toBeLessThanOrEqual(tableItemBytes);
  });

  test.each([
    ['mark', { table: (name: string) => name === 'UpdateItemCommand' && fail() }],
    ['put on the dead-letter queue', { queue: fail }],
  ])('tries again what it could not %s', async (_what, aws: Aws) => {
    const write = outbox().placeOrder({ n: 1 });
    const broken = { Put: { ...write.Put, Item: { ...write.Put.Item, payload: { S: '{' } } } } as OutboxWrite;
    const run = await relay(streamOf(outbox().placeOrder({ n: 2 }), broken), aws);
    expect(run.failed).toEqual(['1']);
  });

  test.each([[null], [{}], [{ id: { N: '1' } }], ['text'], [{ id: { S: 'x' }, time: { S: 'never' } }]])(
    'is not held up by an image that is %j',
    async (NewImage) => {
      const records = [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '0', NewImage } }];
      const { Records } = streamOf(outbox().placeOrder({ n: 2 }));
      const run = await relay({ Records: [...records, ...Records] });
      expect([run.failed, published(run)]).toEqual([[], [2]]);
      expect(run.of('SendMessageCommand')).toMatchObject([{ MessageBody: JSON.stringify(NewImage) }]);
    },
  );

  test('does nothing for items that are marked as failed or deleted', async () => {
    const { Records } = streamOf(outbox().placeOrder({ n: 1 }));
    const { Item } = outbox().placeOrder({ n: 1 }).Put;
    const marked = { eventName: 'MODIFY', dynamodb: { NewImage: { ...Item, failed: { S: 'MalformedDetail: no' } } } };
    const others = [{ ...Records[0], eventName: 'REMOVE' }, marked];
    expect((await relay({ Records: [...others, null] })).sent).toEqual([]);
  });

  test('publishes an item again when the mark of its failure is taken away', async () => {
    const { Records } = streamOf(outbox().placeOrder({ n: 1 }, { id: 'o-1' }));
    const run = await relay({ Records: Records.map((record) => ({ ...record, eventName: 'MODIFY' })) });
    expect([published(run), run.of('DeleteItemCommand')]).toEqual([
      [1],
      [expect.objectContaining({ Key: { id: { S: 'o-1' } } })],
    ]);
  });

  test('says what is wrong with its input', async () => {
    await expect(relay({})).rejects.toThrow('no batch of a DynamoDB stream');
  });

  test('fails at start on Lambda when the bucket of its claims is missing', () => {
    const onLambda = { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'relay' };
    const variable = 'EVENTLOOM_CLAIM_BUCKET_NAME';
    expect(() => outboxRelay(relayed, { environment: onLambda }, [claiming])).toThrow(
      expect.objectContaining({ variable }),
    );
    expect(() => outboxRelay(relayed, { environment: { ...onLambda, [variable]: 'b' } }, [claiming])).not.toThrow();
  });

  test.each([['QUEUE'], ['EVENTLOOM_OUTBOX_TABLE_NAME'], ['EVENTLOOM_DEAD_LETTER_QUEUE_URL']])(
    'fails at start on Lambda when %s is missing',
    (variable) => {
      const lacking = { ...environment, [variable]: '', AWS_LAMBDA_FUNCTION_NAME: 'relay' };
      expect(() => outboxRelay(relayed, { environment: lacking })).toThrow(expect.objectContaining({ variable }));
    },
  );
});

import { claimBucketVariable, queueMessageBytesMaximum } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observedRun, record } from '../../../test/support/observed-run.ts';
import { claiming } from '../claims/claiming.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Session } from '../handle/session.ts';
import { toQueue } from '../publish/to-queue.ts';
import type { Validator } from '../validator.ts';
import { deterministicId } from './deterministic-id.ts';
import { type SplitContext, splitHandler } from './split-handler.ts';
import { partsOf, splitting, splittingWith } from './splitting.ts';

type Order = ReceivedEvent<'OrderPlaced', 'shop.orders', { readonly items: readonly string[] }>;
type Context = SplitContext<Order>;

const hasSku = ((value: unknown) => typeof Object(value).sku === 'string') as Validator<unknown>;
const itemOrdered: PublishedEventDefinition = {
  ...{ name: 'ItemOrdered', source: 'shop.items', validate: hasSku, headers: [] },
  destination: { transport: toQueue, environmentVariable: 'ITEMS' },
};
const definition = { emits: [itemOrdered], split: '/items' };
const environment = { ITEMS: 'https://sqs/1/items' };

interface Message {
  readonly MessageBody: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly StringValue: string }>>;
}

type Answer = (input: Record<string, unknown>) => object | undefined;

async function split(
  payload: unknown,
  map: (element: string, context: Context) => unknown,
  { eventId = 'e-1', answer }: { readonly eventId?: string; readonly answer?: Answer } = {},
) {
  const handle = splitHandler(map) as never;
  const run = await observedRun([splitting], [record(eventId, { payload })], {
    ...{ handle, definition, environment, ...(answer && { answer }) },
  });
  const requests = run.sent.filter(({ QueueUrl }) => QueueUrl === environment.ITEMS) as unknown as {
    readonly Entries: readonly Message[];
  }[];
  const messages = requests.flatMap(({ Entries }) => Entries);
  return {
    ...run,
    requests,
    failed: run.response.batchItemFailures.length > 0,
    published: messages.map(({ MessageBody }) => JSON.parse(MessageBody)),
    ids: messages.map(({ MessageAttributes }) => MessageAttributes.id?.StringValue),
  };
}

const toItem = (sku: string): object => ({ sku });

describe('a consumer that splits', () => {
  test('publishes an event for every element, of what its function makes of it', async () => {
    const seen: unknown[] = [];
    const { published } = await split({ items: ['a', 'b'] }, (sku, { event, index, count, consumer }) => {
      seen.push([event.id, index, count, consumer]);
      return { sku, index };
    });
    expect(published).toEqual([
      { sku: 'a', index: 0 },
      { sku: 'b', index: 1 },
    ]);
    expect(seen).toEqual([
      ['e-1', 0, 2, 'screen'],
      ['e-1', 1, 2, 'screen'],
    ]);
  });

  test('gives a retry the same ids, and other events and elements other ids', async () => {
    const runs = [await split({ items: ['a', 'b'] }, toItem), await split({ items: ['a', 'b'] }, toItem)];
    const other = await split({ items: ['a', 'b'] }, toItem, { eventId: 'e-2' });
    expect(runs[0]?.ids).toEqual(runs[1]?.ids);
    expect(new Set([...(runs[0]?.ids ?? []), ...other.ids]).size).toBe(4);
    expect(runs[0]?.ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  test('leaves out what its function answers with null, and keeps the ids of the others', async () => {
    const all = await split({ items: ['a', 'b', 'c'] }, toItem);
    const some = await split({ items: ['a', 'b', 'c'] }, (sku) => (sku === 'b' ? null : { sku }));
    expect(some.published).toEqual([{ sku: 'a' }, { sku: 'c' }]);
    expect(some.ids).toEqual([all.ids[0], all.ids[2]]);
  });

  test('counts those that are kept, so that whoever gathers them knows when all have come', async () => {
    const event = { name: 'OrderPlaced', source: 's', payload: {}, id: 'e-1', time: new Date(0), correlationId: 'c' };
    const session = { definition: { key: 'a/b', emits: [itemOrdered] } } as unknown as Session;
    const parts = await partsOf({ event, session }, [{ sku: 'a' }, null, { sku: 'c' }]);
    expect(parts.map(({ part, correlationId }) => ({ part, correlationId }))).toEqual([
      { part: { of: 'a/b/e-1', index: 0, count: 2 }, correlationId: 'c' },
      { part: { of: 'a/b/e-1', index: 1, count: 2 }, correlationId: 'c' },
    ]);
  });

  test('splits a replayed event anew, and alike in each replay, unless it takes that for the event itself', async () => {
    const event = { name: 'OrderPlaced', source: 's', payload: {}, id: 'e-1', time: new Date(0) };
    const partOf = async (replay: string | undefined, replays: 'run' | 'skip' | undefined) => {
      const idempotency = replays && { key: null, ttlSeconds: 60, replays };
      const session = { definition: { key: 'a/b', emits: [itemOrdered], idempotency } } as unknown as Session;
      const [only] = await partsOf({ event: { ...event, replay }, session }, [{ sku: 'a' }]);
      return [only?.id, only?.part?.of];
    };
    const first = await partOf(undefined, undefined);
    const monday = await partOf('monday', undefined);
    expect([monday[1], (await partOf('tuesday', undefined))[1]]).toEqual(['a/b/e-1/monday', 'a/b/e-1/tuesday']);
    expect(monday[0]).not.toBe(first[0]);
    expect(await partOf('monday', 'run')).toEqual(monday);
    expect(await partOf('monday', 'skip')).toEqual(first);
  });

  test('publishes nothing for an empty array, and is done', async () => {
    expect(await split({ items: [] }, toItem)).toMatchObject({ published: [], failed: false });
  });

  test('publishes nothing when its function fails for one element, and is retried', async () => {
    const fails = (sku: string): object => {
      if (sku === 'c') throw new Error('down');
      return { sku };
    };
    expect(await split({ items: ['a', 'b', 'c'] }, fails)).toMatchObject({ published: [], failed: true });
  });

  test.each([
    ['invalid', {}],
    ['too large', { sku: 'x'.repeat(queueMessageBytesMaximum) }],
    ['no JSON', { sku: 'b', amount: 1n }],
  ])('publishes nothing and dead-letters the event when one payload is %s', async (_what, payload) => {
    const { published, failed, sent } = await split({ items: ['a', 'b'] }, (sku) => (sku === 'b' ? payload : { sku }));
    expect([published, failed]).toEqual([[], false]);
    expect(JSON.stringify(sent)).toContain('part-refused');
  });

  test.each([[{}], [{ items: null }], [{ items: { length: 1 } }], [['a']], ['items']])(
    'dead-letters %j, which has no such array',
    async (payload) => {
      const { published, sent, failed } = await split(payload, toItem);
      expect([published, failed]).toEqual([[], false]);
      expect(JSON.stringify(sent)).toContain('not-an-array');
    },
  );

  test('publishes ten parts a request', async () => {
    const items = Array.from({ length: 1_001 }, (_, index) => `${index}`);
    const { published, requests } = await split({ items }, toItem);
    expect(published.map(({ sku }) => Number(sku)).sort((a, b) => a - b)).toEqual(items.map(Number));
    expect(requests).toHaveLength(101);
  });

  test('is retried when one part is not accepted, and then gives all parts the ids they had', async () => {
    const refuse: Answer = ({ Entries }) =>
      Array.isArray(Entries)
        ? { Successful: [{ Id: '0' }], Failed: [{ Id: '1', Code: 'InvalidMessageContents', SenderFault: true }] }
        : undefined;
    const first = await split({ items: ['a', 'b'] }, toItem, { answer: refuse });
    expect(first).toMatchObject({ failed: true, requests: [{}] });
    expect(first.written).toMatchObject([{ error: { name: 'PublishError', code: 'InvalidMessageContents' } }]);
    const again = await split({ items: ['a', 'b'] }, toItem);
    expect(again).toMatchObject({ failed: false, ids: first.ids });
  });

  test('keeps large parts elsewhere where the spec says so', async () => {
    const checked = { ...itemOrdered, claimCheck: { aboveBytes: 1_000, keep: ['/sku'] } };
    const { sent, response } = await observedRun(
      [splittingWith(claiming)],
      [record('e-1', { payload: { items: ['a', 'b'] } })],
      {
        handle: splitHandler((sku: string) => ({ sku, note: sku === 'b' ? 'x'.repeat(2_000) : '' })) as never,
        definition: { emits: [checked], split: '/items' },
        environment: { ...environment, [claimBucketVariable]: 'claims' },
      },
    );
    expect(response.batchItemFailures).toEqual([]);
    const kept = sent.filter((input) => input.Bucket === 'claims');
    expect(kept).toHaveLength(1);
    const [batch] = sent.filter(({ QueueUrl }) => QueueUrl === environment.ITEMS) as { Entries: Message[] }[];
    const bodies = batch?.Entries.map(({ MessageBody }) => JSON.parse(MessageBody));
    expect(bodies).toEqual([
      { sku: 'a', note: '' },
      { sku: 'b', 'eventloom:claim': expect.objectContaining({ key: kept[0]?.Key }) },
    ]);
  });
});

describe('a deterministic id', () => {
  test('is not shared by different names, however they are cut', async () => {
    const names = fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(names, names, async (first, second) => {
        const same = JSON.stringify(first) === JSON.stringify(second);
        expect((await deterministicId(...first)) === (await deterministicId(...second))).toBe(same);
      }),
    );
  });
});

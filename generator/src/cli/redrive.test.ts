import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { AwsError, connectionReset, createLocalSystem, type Interceptor, type LocalSystem } from '@eventloom/local';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesInMemory } from '../load/read-file.ts';
import { loadModel } from '../load-model.ts';
import { toTopology } from '../model/to-topology.ts';
import type { Functions } from '../redrive/aws.ts';
import { openTopics } from '../redrive/sns-topics.ts';
import { openQueues } from '../redrive/sqs-queues.ts';
import type { Answer } from './command.ts';
import { redriveIn } from './redrive.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: shop.orders
    servers: [{ $ref: '#/servers/shop' }]
    messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } }
operations:
  screenOrder:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: fraud
    x-delivery: { type: queue, maxReceiveCount: 5 }
  bookOrder:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: ledger
    x-delivery: { type: function }
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders, x-outbox: true }
components:
  messages:
    OrderPlaced: { payload: { type: object } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventloom-redrive-'));
  writeFileSync(join(folder, 'asyncapi.yaml'), spec);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Shop {
  readonly system: LocalSystem;
  readonly handled: unknown[];
  readonly invoked: { name: string; payload: string }[];
  /** Handlers fail until they are mended. */
  mended: boolean;
}

/** A shop whose handlers fail, with `orders` on every dead-letter queue. */
async function brokenShop(orders: number, intercept: Interceptor = (call, next) => next(call)): Promise<Shop> {
  const { model } = await loadModel({ spec: 'asyncapi.yaml', io: filesInMemory({ 'asyncapi.yaml': spec }) });
  if (model === null) throw new Error('the spec has no model');
  const handled: unknown[] = [];
  const handler = async (event: unknown): Promise<void> => {
    if (!shop.mended) throw new RangeError('broken');
    handled.push(...((event as { readonly Records?: readonly unknown[] }).Records ?? [event]));
  };
  const module = async () => ({ handler });
  const system = createLocalSystem({
    topology: toTopology(model),
    handlers: { 'fraud/screenOrder': module, 'ledger/bookOrder': module, 'orders/outbox-relay': module },
    interceptors: [intercept],
  });
  const shop: Shop = { system, handled, invoked: [], mended: false };
  for (let n = 0; n < orders; n++) await place(system, n);
  await system.settle();
  shop.mended = true;
  return shop;
}

async function place({ clients }: LocalSystem, n: number): Promise<void> {
  const entry = { EventBusName: 'shop', Source: 'shop.orders', DetailType: 'OrderPlaced', Detail: `{"n":${n}}` };
  await clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
}

function functionsOf(shop: Shop): Functions {
  return {
    list: async () => [{ name: 'shop-ledger-Book', handler: 'ledger/bookOrder.handler', environment: {} }],
    invoke: async (name, payload) => {
      shop.invoked.push({ name, payload });
    },
  };
}

async function redrive(shop: Shop, consumer: string, options: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const run = redriveIn({
    openQueues: () => openQueues(shop.system.clients.sqs),
    openFunctions: async () => functionsOf(shop),
    openTopics: () => openTopics(shop.system.clients.sns),
    now: () => shop.system.now(),
  });
  const input = (async function* () {})();
  const terminal = { out: () => {}, err: () => {}, color: { out: false, err: false }, input, workingDirectory: folder };
  return run({
    spec: 'asyncapi.yaml',
    json: false,
    options: new Map(Object.entries(options)),
    arguments: [consumer],
    terminal,
  });
}

const standing = ({ system }: Shop, consumer = 'fraud/screenOrder'): number => system.deadLetters(consumer).length;

describe('redrive', () => {
  test('brings what a queue gave up on back, and the consumer handles it', async () => {
    const shop = await brokenShop(25);
    expect(standing(shop)).toBe(25);
    const { exitCode, json, text } = await redrive(shop, 'fraud/screenOrder');
    await shop.system.settle();
    expect([exitCode, standing(shop), shop.handled.length]).toEqual([0, 0, 25]);
    expect(json.counts).toEqual([{ kind: 'queue', code: 'receives-exhausted', count: 25 }]);
    expect(text).toMatch(/redriven +OrderPlaced +[\w-]+ +receives-exhausted/);
  });

  test('brings what a function gave up on back to the function, as the event it was', async () => {
    const shop = await brokenShop(1);
    const { exitCode, json } = await redrive(shop, 'ledger/bookOrder');
    expect([exitCode, standing(shop, 'ledger/bookOrder')]).toEqual([0, 0]);
    expect(json.messages).toMatchObject([{ kind: 'function', code: 'RangeError', reason: 'broken' }]);
    const [{ name, payload } = { name: '', payload: '{}' }] = shop.invoked;
    expect([name, JSON.parse(payload).detail]).toEqual(['shop-ledger-Book', { n: 0 }]);
  });

  test('changes nothing in a dry run: all is shown, stays, and is visible at once', async () => {
    const shop = await brokenShop(12);
    const dry = await redrive(shop, 'fraud/screenOrder', { 'dry-run': '' });
    expect([dry.exitCode, standing(shop), shop.handled.length]).toEqual([0, 12, 0]);
    expect(dry.json.messages).toHaveLength(12);
    expect(dry.text).toContain('would redrive');
    expect((await redrive(shop, 'fraud/screenOrder')).json.messages).toHaveLength(12);
  });

  test('takes as many as asked for, and leaves the rest visible', async () => {
    const shop = await brokenShop(5);
    expect((await redrive(shop, 'fraud/screenOrder', { max: '2' })).json.messages).toHaveLength(2);
    expect(standing(shop)).toBe(3);
    expect((await redrive(shop, 'fraud/screenOrder')).json.messages).toHaveLength(3);
  });

  test('takes those with a code only', async () => {
    const shop = await brokenShop(3);
    expect((await redrive(shop, 'fraud/screenOrder', { code: 'invalid-payload' })).text).toBe(
      'Nothing to bring back.\n',
    );
    expect(standing(shop)).toBe(3);
  });

  test('loses nothing when sending fails: the message stays, and the exit code says so', async () => {
    let failing = true;
    const shop = await brokenShop(3, (call, next) => {
      if (failing && call.caller.kind === 'outside' && call.operation === 'SendMessage') {
        throw new AwsError('AccessDenied', 'not you', { status: 403 });
      }
      return next(call);
    });
    const { exitCode, json } = await redrive(shop, 'fraud/screenOrder');
    expect([exitCode, standing(shop)]).toEqual([1, 3]);
    expect(json.messages).toMatchObject(
      [1, 2, 3].map(() => ({ outcome: 'failed', error: expect.stringMatching('not you') })),
    );
    failing = false;
    expect((await redrive(shop, 'fraud/screenOrder')).exitCode).toBe(0);
    expect(standing(shop)).toBe(0);
  });

  test('loses nothing when sending fails half-way: what was accepted is back, the rest stays', async () => {
    let sends = 0;
    let failing = true;
    const shop = await brokenShop(12, (call, next) => {
      const isRedriving = call.caller.kind === 'outside' && call.operation === 'SendMessage';
      if (failing && isRedriving && ++sends % 3 === 0) throw new AwsError('AccessDenied', 'not you', { status: 403 });
      return next(call);
    });
    const { exitCode, json } = await redrive(shop, 'fraud/screenOrder');
    await shop.system.settle();
    expect(json.messages).toHaveLength(12);
    expect([exitCode, shop.handled.length, standing(shop)]).toEqual([1, 8, 4]);
    failing = false;
    expect((await redrive(shop, 'fraud/screenOrder')).exitCode).toBe(0);
    await shop.system.settle();
    expect([shop.handled.length, standing(shop)]).toEqual([12, 0]);
  });

  test('loses nothing when receiving fails half-way: what it had received is visible again', async () => {
    let receives = 0;
    let failing = false;
    const shop = await brokenShop(25, (call, next) => {
      if (failing && call.operation === 'ReceiveMessage' && ++receives > 1) {
        throw new AwsError('AccessDenied', 'not you', { status: 403 });
      }
      return next(call);
    });
    failing = true;
    await expect(redrive(shop, 'fraud/screenOrder', { code: 'none' })).rejects.toMatchObject({ code: 'aws-refused' });
    failing = false;
    expect((await redrive(shop, 'fraud/screenOrder', { 'dry-run': '' })).json.messages).toHaveLength(25);
  });

  test('may bring a message back twice, but never not at all, when the answer of AWS is lost', async () => {
    let sends = 0;
    const shop = await brokenShop(2, async (call, next) => {
      const answer = await next(call);
      if (call.caller.kind === 'outside' && call.operation === 'SendMessage' && ++sends === 1) throw connectionReset();
      return answer;
    });
    expect((await redrive(shop, 'fraud/screenOrder')).exitCode).toBe(0);
    await shop.system.settle();
    expect([sends, shop.handled.length, standing(shop)]).toEqual([3, 3, 0]);
  });

  test('says that a message comes twice when it could not be deleted', async () => {
    const shop = await brokenShop(1, (call, next) => {
      if (call.operation === 'DeleteMessage') throw new AwsError('AccessDenied', 'not you', { status: 403 });
      return next(call);
    });
    const { exitCode, notes, json } = await redrive(shop, 'fraud/screenOrder');
    expect([exitCode, standing(shop)]).toEqual([0, 1]);
    expect(json.messages).toMatchObject([{ outcome: 'duplicated' }]);
    expect(notes).toContain('they will come twice');
  });

  test('leaves alone what fails again during the run', async () => {
    const shop = await brokenShop(1);
    const from = shop.system.now();
    await shop.system.advance(1_000);
    shop.mended = false;
    await place(shop.system, 2);
    await shop.system.settle();
    const run = redriveIn({
      openQueues: () => openQueues(shop.system.clients.sqs),
      openFunctions: async () => functionsOf(shop),
      openTopics: () => openTopics(shop.system.clients.sns),
      now: () => from,
    });
    const terminal = { out: () => {}, err: () => {}, color: { out: false, err: false }, workingDirectory: folder };
    const input = (async function* () {})();
    const invocation = { spec: 'asyncapi.yaml', json: true, options: new Map(), arguments: ['fraud/screenOrder'] };
    const { json } = await run({ ...invocation, terminal: { ...terminal, input } });
    expect([json.messages, standing(shop)]).toEqual([[expect.anything()], 1]);
  });

  test.each([
    ['fraud/screenOrdr', 'Did you mean "fraud/screenOrder"?'],
    ['screenOrder', 'Did you mean "fraud/screenOrder"?'],
    ['nobody', 'Consumers are fraud/screenOrder, ledger/bookOrder.'],
  ])('of %s, which is no consumer, suggests', async (consumer, help) => {
    const shop = await brokenShop(0);
    await expect(redrive(shop, consumer)).rejects.toMatchObject({ code: 'unknown-consumer', help });
  });

  test('of the relay of an outbox says where its events are', async () => {
    const shop = await brokenShop(0);
    await expect(redrive(shop, 'orders/outbox-relay')).rejects.toMatchObject({
      code: 'unknown-consumer',
      help: expect.stringContaining('take the mark "failed" off'),
    });
  });

  test('says what it did not find, and which option names it', async () => {
    const shop = await brokenShop(0);
    await expect(redrive(shop, 'fraud/screenOrder', { environment: 'prod' })).rejects.toMatchObject({
      code: 'redrive-target',
      help: expect.stringContaining('--dead-letter-queue-url'),
    });
  });

  test('tells what AWS refuses as wrong usage, not as a bug', async () => {
    const shop = await brokenShop(0, () => {
      throw new AwsError('AccessDenied', 'not you', { status: 403 });
    });
    await expect(redrive(shop, 'fraud/screenOrder')).rejects.toMatchObject({ name: 'UsageError', code: 'aws-refused' });
  });

  test.each(['Region is missing', 'Could not load credentials'])('%s is no bug of ours either', async (message) => {
    const client = { send: () => Promise.reject(new Error(message)) };
    const queues = await openQueues(client);
    await expect(queues.list('shop-')).rejects.toMatchObject({
      code: 'aws-refused',
      message: expect.stringContaining(message),
    });
  });

  test('takes a maximum from 1', async () => {
    const shop = await brokenShop(0);
    await expect(redrive(shop, 'fraud/screenOrder', { max: '0' })).rejects.toMatchObject({ code: 'option-value' });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dynamoDbInMemory } from '../../../test/support/dynamo-db.ts';
import type { AwsClient } from '../connection.ts';
import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition, EventDefinition } from '../definitions.ts';
import { PermanentError, RetryLater } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import { queueHandler } from '../handle/queue-handler.ts';
import { invocationKey } from '../invocation.ts';
import type { Stores } from '../stores.ts';
import type { Validator } from '../validator.ts';
import { idempotencyInMemory } from './idempotency-in-memory.ts';
import { idempotent } from './idempotent.ts';

type Handle = (event: ReceivedEvent<string, string, unknown>, context: HandlerContext) => unknown;

const anything = Object.assign((_value: unknown): _value is unknown => true, { errors: null }) as Validator<unknown>;
const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate: anything };

const consumer: ConsumerDefinition = {
  key: 'payments/charge',
  service: 'payments',
  consumer: 'charge',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [orderPlaced],
  emits: [],
  idempotency: { key: '/orderId', ttlSeconds: 3_600, replays: 'run' },
};

interface Message {
  readonly payload: unknown;
  readonly id?: string;
  readonly messageId?: string;
}

const start = Date.parse('2026-11-20T12:00:00Z');

/** A consumer whose store, clock and dead letters can be looked at. */
function service(handle: Handle, { definition = consumer, inTable = false, features = [] as readonly Feature[] } = {}) {
  const dynamoDb = dynamoDbInMemory();
  const clock = { milliseconds: start, now: () => new Date(clock.milliseconds), sleep: async () => {} };
  const deadLetters: { readonly code: string }[] = [];
  const failures: unknown[] = [];
  const lines: Record<string, unknown>[] = [];
  const sqs: AwsClient = {
    send: async (command) => {
      const { MessageAttributes } = (command as { input: Record<string, Record<string, { StringValue: string }>> })
        .input;
      deadLetters.push(JSON.parse(MessageAttributes?.['eventloom.failure']?.StringValue ?? ''));
    },
  };
  const handler = queueHandler(definition, handle, [...features, idempotent]);
  const stores: Stores | undefined = inTable ? undefined : { idempotency: idempotencyInMemory() };
  let made = 0;

  /** Delivers messages as one batch, and returns the ids of those that come again. */
  async function deliver(
    messages: readonly Message[],
    client: AwsClient = dynamoDb.client as never,
    remaining = 20_000,
  ) {
    const Records = messages.map(({ payload, id = 'event-1', messageId = `message-${made++}` }) => ({
      messageId,
      body: JSON.stringify(payload),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: { id: { stringValue: id, dataType: 'String' } },
    }));
    const response = await handler(
      { Records },
      {
        getRemainingTimeInMillis: () => remaining,
        [invocationKey]: {
          environment: { EVENTLOOM_TABLE_NAME: 'remembered', EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' },
          clients: { dynamoDb: client, sqs },
          clock,
          stores,
          log: (_level, line) => lines.push(JSON.parse(line)),
          noteFailure: (_messageId, error) => failures.push(error),
        },
      },
    );
    return (response as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(
      ({ itemIdentifier }) => itemIdentifier,
    );
  }
  return { deliver, deadLetters, failures, lines, clock, dynamoDb };
}

const order = (orderId: unknown, more: object = {}): Message => ({ payload: { orderId, ...more } });

/** Waits until it is told to go on. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe.each([
  ['in memory', false],
  ['in the table', true],
])('with a store %s, an event', (_name, inTable) => {
  test('is handled once, however often it comes', async () => {
    let runs = 0;
    const { deliver } = service(() => runs++, { inTable });
    for (let delivery = 0; delivery < 3; delivery++) expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(1);
  });

  test('is known by its key, not by its id or the order of its fields', async () => {
    let runs = 0;
    const { deliver } = service(() => runs++, { inTable });
    await deliver([{ payload: { orderId: 1, total: 5 }, id: 'a' }]);
    await deliver([
      { payload: { total: 5, orderId: 1 }, id: 'b' },
      { ...order('1'), id: 'b' },
    ]);
    expect(runs).toBe(2);
  });

  test('without a key is known by its id', async () => {
    let runs = 0;
    const definition = { ...consumer, idempotency: { key: null, ttlSeconds: 60, replays: 'run' as const } };
    const { deliver } = service(() => runs++, { inTable, definition });
    for (const id of ['a', 'b', 'a']) await deliver([{ ...order(1), id }]);
    expect(runs).toBe(2);
  });

  test('is handled again when it has been forgotten', async () => {
    let runs = 0;
    const { deliver, clock } = service(() => runs++, { inTable });
    await deliver([order(1)]);
    clock.milliseconds += 3_600_000;
    await deliver([order(1)]);
    expect(runs).toBe(1);
    clock.milliseconds += 1_001;
    await deliver([order(1)]);
    expect(runs).toBe(2);
  });

  test('that came before gives back the result of then, to the features around', async () => {
    const results: unknown[] = [];
    const around: Feature = { around: async (_call, next) => results.push(await next()) };
    let runs = 0;
    const handle = () => ({ run: ++runs, none: undefined, list: [1.5, null, { a: true }] });
    const { deliver } = service(handle, { inTable, features: [around] });
    await deliver([order(1)]);
    await deliver([order(1)]);
    expect(results[1]).toEqual({ run: 1, list: [1.5, null, { a: true }] });
  });

  test('that failed is handled again at once', async () => {
    let runs = 0;
    const { deliver } = service(
      () => {
        if (++runs === 1) throw new Error('no connection');
      },
      { inTable },
    );
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(2);
  });

  test('that is being handled elsewhere comes again when the other invocation must have ended', async () => {
    const { opened, open } = gate();
    let runs = 0;
    const handle = () => {
      runs++;
      return opened;
    };
    const { deliver, failures, clock } = service(handle, { inTable });
    const first = deliver([order(1)], undefined, 30_000);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.milliseconds += 10_000;
    expect(await deliver([order(1, { late: true })])).toHaveLength(1);
    expect(failures).toMatchObject([{ name: 'RetryLater', code: 'in-progress', retryAfterSeconds: 21 }]);
    open();
    expect(await first).toEqual([]);
    expect(runs).toBe(1);
  });

  test('whose invocation died is handled once its lock has ended, and not before', async () => {
    let runs = 0;
    const { deliver, clock } = service(() => (++runs === 1 ? new Promise(() => {}) : undefined), { inTable });
    void deliver([order(1)], undefined, 30_000);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.milliseconds += 30_000;
    expect(await deliver([order(1)])).toHaveLength(1);
    clock.milliseconds += 1;
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(2);
  });

  test('that outlived its lock neither ends the lock of another nor forgets what that one did', async () => {
    const { opened, open } = gate();
    let runs = 0;
    const handle = async () => {
      if (++runs > 1) return;
      await opened;
      throw new Error('too late');
    };
    const { deliver, clock } = service(handle, { inTable });
    const first = deliver([order(1)], undefined, 1_000);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.milliseconds += 2_000;
    await deliver([order(1)]);
    open();
    expect(await first).toHaveLength(1);
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(2);
  });

  test('that was handled for longer than its lock lasted is told, and another keeps its lock', async () => {
    const gates = [gate(), gate()];
    let runs = 0;
    const { deliver, clock, lines } = service(() => gates[runs++]?.opened, { inTable });
    const first = deliver([order(1)], undefined, 1_000);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.milliseconds += 2_000;
    const second = deliver([order(1)], undefined, 60_000);
    while (runs === 1) await new Promise((resolve) => setImmediate(resolve));
    gates[0]?.open();
    expect(await first).toEqual([]);
    expect(lines).toMatchObject([{ level: 'WARN', message: expect.stringContaining('longer than its lock') }]);
    expect(await deliver([order(1)])).toHaveLength(1);
    gates[1]?.open();
    expect(await second).toEqual([]);
  });

  test('with the key of another that was handled, and another payload, is dead-lettered', async () => {
    let runs = 0;
    const { deliver, deadLetters } = service(() => runs++, { inTable });
    await deliver([order(1, { total: 5 })]);
    expect(await deliver([order(1, { total: 6 })])).toEqual([]);
    expect(deadLetters).toMatchObject([{ code: 'idempotency-mismatch', consumer: 'payments/charge' }]);
    expect(runs).toBe(1);
  });

  test.each([[{}], [{ orderId: null }], [[]], ['text'], [null]])(
    'without its key (%j) is dead-lettered',
    async (payload) => {
      let runs = 0;
      const { deliver, deadLetters } = service(() => runs++, { inTable });
      expect(await deliver([{ payload }])).toEqual([]);
      expect(deadLetters).toMatchObject([{ code: 'idempotency-key-missing' }]);
      expect(runs).toBe(0);
    },
  );

  test.each([['constructor'], ['__proto__'], ['toString']])(
    'has no key that only its prototype has (%s)',
    async (name) => {
      const definition = { ...consumer, idempotency: { key: `/${name}`, ttlSeconds: 60, replays: 'run' as const } };
      const { deliver, deadLetters } = service(() => {}, { inTable, definition });
      await deliver([order(1)]);
      expect(deadLetters).toMatchObject([{ code: 'idempotency-key-missing' }]);
    },
  );

  test('whose handler says that trying again is useless can be handled after it was brought back', async () => {
    let runs = 0;
    const handle = () => {
      if (++runs === 1) throw new PermanentError('no such customer');
    };
    const { deliver, deadLetters } = service(handle, { inTable });
    await deliver([order(1)]);
    await deliver([order(1)]);
    expect(deadLetters).toHaveLength(1);
    expect(runs).toBe(2);
  });

  test('runs once when it comes several times at the same instant, in whatever order their steps happen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 2, max: 4 }),
        fc.boolean(),
        async (scheduler, count, apart) => {
          let runs = 0;
          const handle = scheduler.scheduleFunction(async () => {
            runs++;
          });
          const { deliver, dynamoDb } = service(handle, { inTable });
          const send = scheduler.scheduleFunction((command: object) => dynamoDb.client.send(command as never));
          const messages = Array.from({ length: count }, () => order(1));
          const invocations = apart ? messages.map((message) => [message]) : [messages];
          const all = Promise.all(invocations.map((batch) => deliver(batch, { send } as AwsClient)));
          const again = (await scheduler.waitFor(all)).flat();
          expect(runs).toBe(1);
          expect(again.length).toBeLessThan(count);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an event replayed from an archive', () => {
  // What carries the name of a replay into the event is not the subject here.
  const replaying = (name: string | undefined): Feature => ({
    around: (call, next) => {
      Object.assign(call.event, { replay: name });
      return next();
    },
  });

  const runsOf = async (replays: 'run' | 'skip', names: readonly (string | undefined)[]): Promise<number> => {
    let runs = 0;
    let name: string | undefined;
    const definition = { ...consumer, idempotency: { key: '/orderId', ttlSeconds: 60, replays } };
    const feature: Feature = { around: (call, next) => replaying(name).around?.(call, next) ?? next() };
    const { deliver } = service(() => runs++, { definition, features: [feature] });
    for (name of names) await deliver([order(1)]);
    return runs;
  };

  test('is handled again, once in each replay', async () => {
    expect(await runsOf('run', [undefined, 'monday', 'monday', 'tuesday', undefined])).toBe(3);
  });

  test('is left out with `skip` if it was handled', async () => {
    expect(await runsOf('skip', [undefined, 'monday', 'tuesday'])).toBe(1);
  });

  test('is handled with `skip` if it was not', async () => {
    expect(await runsOf('skip', ['monday', 'tuesday'])).toBe(1);
  });
});

describe('the parts of a split at a consumer that gathers them', () => {
  test('are told apart although they have the same key', async () => {
    let index = 0;
    let runs = 0;
    const parts: Feature = {
      around: (call, next) => {
        Object.assign(call.event, { part: { of: 'order-1', index, count: 2 } });
        return next();
      },
    };
    const definition = { ...consumer, gather: { timeoutSeconds: 60 } };
    const { deliver, deadLetters } = service(() => runs++, { definition, features: [parts] });
    for (index of [0, 1, 1]) await deliver([order(1, { item: index })]);
    expect(runs).toBe(2);
    expect(deadLetters).toEqual([]);
  });
});

describe('a store in the table', () => {
  test('writes the items of Powertools', async () => {
    const { deliver, dynamoDb } = service(() => ({ charged: true }), { inTable: true });
    let locked: unknown;
    const send = async (command: object): Promise<unknown> => {
      const answer = await dynamoDb.client.send(command as never);
      locked ??= [...dynamoDb.items.values()][0];
      return answer;
    };
    await deliver([order(1)], { send }, 20_000);
    const [item] = dynamoDb.items.values();
    const expiration = { N: String(start / 1_000 + 3_600) };
    const common = {
      expiration,
      owner: { S: expect.any(String) },
      validation: { S: expect.stringMatching(/^.{43}=$/) },
    };
    const id = { S: expect.stringMatching(/^payments\/charge#.{43}=$/) };
    const in_progress_expiration = { N: String(start + 20_000) };
    expect(locked).toEqual({ id, status: { S: 'INPROGRESS' }, in_progress_expiration, ...common });
    expect(item).toEqual({
      id,
      status: { S: 'COMPLETED' },
      in_progress_expiration,
      data: { M: { charged: { BOOL: true } } },
      ...common,
    });
  });

  test('reads an item of Powertools, which checks no payload', async () => {
    let runs = 0;
    const { deliver, dynamoDb } = service(() => runs++, { inTable: true });
    await deliver([order(1)]);
    const [[id, item]] = [...dynamoDb.items] as [[string, object]];
    const written = { ...item, validation: { S: '' }, data: { S: 'theirs' } };
    dynamoDb.items.set(id, JSON.parse(JSON.stringify({ ...written, owner: undefined })));
    expect(await deliver([order(1, { other: true })])).toEqual([]);
    expect(runs).toBe(1);
  });

  test('asks for one thing before the handler and one after', async () => {
    const { deliver, dynamoDb } = service(() => {}, { inTable: true });
    await deliver([order(1)]);
    expect(dynamoDb.requests).toEqual(['PutItem', 'UpdateItem']);
  });

  test('knows its lock, and what it remembered, when the answer was lost and the SDK asks again', async () => {
    let runs = 0;
    const { deliver, dynamoDb, lines } = service(
      () => {
        runs++;
        dynamoDb.faults.lostAnswers = 1;
      },
      { inTable: true },
    );
    dynamoDb.faults.lostAnswers = 1;
    expect(await deliver([order(1)])).toEqual([]);
    expect(await deliver([order(1)])).toEqual([]);
    expect(runs).toBe(1);
    expect(lines).toEqual([]);
  });

  test('that is out of order before the handler keeps the event from it: it comes again', async () => {
    let runs = 0;
    const { deliver, dynamoDb } = service(() => runs++, { inTable: true });
    dynamoDb.faults.outage = true;
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(runs).toBe(0);
  });

  test('that is out of order after the handler does not have it run again: the event counts as handled', async () => {
    let runs = 0;
    const handle = () => {
      runs++;
      dynamoDb.faults.outage = true;
    };
    const { deliver, dynamoDb, lines } = service(handle, { inTable: true });
    expect(await deliver([order(1)])).toEqual([]);
    expect(lines.map(({ level }) => level)).toEqual(['WARN', 'ERROR']);
    dynamoDb.faults.outage = false;
    // Should it be delivered twice, it waits for the end of its lock.
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(runs).toBe(1);
  });

  test('that is out of order when the handler fails leaves the failure as it is', async () => {
    const failure = new RetryLater('busy', 5);
    const { deliver, dynamoDb, failures } = service(
      () => {
        dynamoDb.faults.outage = true;
        throw failure;
      },
      { inTable: true },
    );
    expect(await deliver([order(1)])).toHaveLength(1);
    expect(failures).toEqual([failure]);
  });

  test('remembers an event whose result it cannot keep', async () => {
    let runs = 0;
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const handle = () => {
      runs++;
      return cycle;
    };
    const { deliver, lines } = service(handle, { inTable: true });
    await deliver([order(1)]);
    await deliver([order(1)]);
    expect(runs).toBe(1);
    expect(lines).toMatchObject([{ level: 'WARN', message: 'The result of an event was not remembered' }]);
  });
});

describe('without x-idempotency', () => {
  test('the feature does nothing', async () => {
    let runs = 0;
    const { idempotency: _none, ...definition } = consumer;
    const { deliver, dynamoDb } = service(() => runs++, { definition, inTable: true });
    await deliver([order(1)]);
    await deliver([order(1)]);
    expect(runs).toBe(2);
    expect(dynamoDb.requests).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consumer, gate, order, service } from '../../../test/support/charging-service.ts';
import type { AwsClient } from '../connection.ts';
import { PermanentError } from '../errors.ts';
import type { Feature } from '../feature.ts';

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

  test('is remembered from when it was handled, not from when that began', async () => {
    let runs = 0;
    const definition = { ...consumer, idempotency: { key: null, ttlSeconds: 60, replays: 'run' as const } };
    const handle = () => {
      runs++;
      clock.milliseconds += 59_000;
    };
    const { deliver, clock } = service(handle, { inTable, definition });
    await deliver([order(1)], undefined, 300_000);
    clock.milliseconds += 59_000;
    await deliver([order(1)], undefined, 300_000);
    expect(runs).toBe(1);
  });

  test('is handled by one at a time also when that takes longer than it is remembered', async () => {
    const { opened, open } = gate();
    let runs = 0;
    const definition = { ...consumer, idempotency: { key: null, ttlSeconds: 60, replays: 'run' as const } };
    const handle = () => {
      runs++;
      return opened;
    };
    const { deliver, clock } = service(handle, { inTable, definition });
    const first = deliver([order(1)], undefined, 300_000);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.milliseconds += 299_000;
    expect(await deliver([order(1)], undefined, 300_000)).toHaveLength(1);
    open();
    expect(await first).toEqual([]);
    expect(runs).toBe(1);
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

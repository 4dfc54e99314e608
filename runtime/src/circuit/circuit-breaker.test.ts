import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containers, fail, fine, id, inTable, open, outOfOrder } from '../../../test/support/gateway-circuit.ts';
import { isEventloomError, PermanentError, type RetryLater } from '../errors.ts';
import type { CircuitStore } from './circuit-store.ts';
import { circuitsInMemory } from './circuits-in-memory.ts';

describe.each([
  ['in memory', circuitsInMemory],
  ['in the table', () => inTable().store],
])('a circuit %s', (_name, makeStore) => {
  test('passes on what the call returns and throws while it is closed', async () => {
    const breaker = containers(makeStore()).make();
    expect(await breaker.call(fine)).toBe('answer');
    await fail(breaker, 2);
    expect(await breaker.call(fine)).toBe('answer');
  });

  test('opens after so many failures in a row, and then does not call', async () => {
    const { make, changes } = containers(makeStore());
    const breaker = make();
    await fail(breaker, 2);
    await breaker.call(fine);
    await fail(breaker, 3);
    let calls = 0;
    await expect(breaker.call(() => calls++)).rejects.toMatchObject(open(30));
    expect(calls).toBe(0);
    expect(changes).toEqual([{ kind: 'opened', waitSeconds: 30 }]);
  });

  test('is open for all containers, and closed for all after a probe that succeeded', async () => {
    const { make, clock, changes } = containers(makeStore());
    const [one, other] = [make(), make()];
    await fail(one, 3);
    await expect(other.call(fine)).rejects.toMatchObject(open(30));
    clock.milliseconds += 30_000;
    expect(await one.call(fine)).toBe('answer');
    clock.milliseconds += 5_000;
    expect(await other.call(fine)).toBe('answer');
    expect(changes.map(({ kind }) => kind)).toEqual(['opened', 'probed', 'closed']);
  });

  test('waits twice as long after each failed probe, up to the maximum', async () => {
    const { make, clock } = containers(makeStore());
    const breaker = make();
    await fail(breaker, 3);
    const waits: number[] = [];
    for (let wait = 30; waits.length < 4; ) {
      clock.milliseconds += wait * 1_000;
      await fail(breaker, 1);
      const refused = (await breaker.call(fine).catch((error: unknown) => error)) as RetryLater;
      wait = refused.retryAfterSeconds;
      waits.push(wait);
    }
    expect(waits).toEqual([60, 100, 100, 100]);
  });

  test('sends the next probe when the one before died without a word', async () => {
    const { make, clock } = containers(makeStore());
    const [one, other] = [make(), make()];
    await fail(one, 3);
    clock.milliseconds += 30_000;
    await one.admit();
    await expect(other.call(fine)).rejects.toMatchObject(open(60));
    clock.milliseconds += 60_000;
    expect(await other.call(fine)).toBe('answer');
  });

  test('lets another probe when one was given back', async () => {
    const { make, clock } = containers(makeStore());
    const [one, other] = [make(), make()];
    await fail(one, 3);
    clock.milliseconds += 30_000;
    await one.giveBack(await one.admit());
    expect(await other.call(fine)).toBe('answer');
  });

  test('lets one probe of those that come at the same instant, in whatever order their steps happen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (scheduler, count) => {
        const store = makeStore();
        const { clock, make } = containers(store);
        await fail(make(), 3);
        clock.milliseconds += 30_000;
        const scheduled: CircuitStore = {
          read: scheduler.scheduleFunction(store.read),
          write: scheduler.scheduleFunction(store.write),
        };
        const sharing = containers(scheduled);
        sharing.clock.milliseconds = clock.milliseconds;
        let [calling, most, calls] = [0, 0, 0];
        const probe = async (): Promise<void> => {
          calls++;
          most = Math.max(most, ++calling);
          await scheduler.schedule(Promise.resolve());
          calling--;
          throw new Error('503');
        };
        const outcomes = Array.from({ length: count }, () =>
          sharing
            .make()
            .call(probe)
            .catch((error: unknown) => error),
        );
        const errors = await scheduler.waitFor(Promise.all(outcomes));
        expect([calls, most]).toEqual([1, 1]);
        expect(errors.filter((error) => isEventloomError(error, 'RetryLater'))).toHaveLength(count - 1);
      }),
      { numRuns: 60 },
    );
  });

  test('counts every failure of a batch once', async () => {
    const { make, changes } = containers(makeStore());
    const breaker = make();
    await Promise.all([1, 2].map(() => breaker.call(outOfOrder).catch(() => {})));
    expect(changes).toEqual([]);
    await Promise.all(Array.from({ length: 8 }, () => breaker.call(outOfOrder).catch(() => {})));
    expect(changes).toEqual([{ kind: 'opened', waitSeconds: 30 }]);
  });
});

describe('a failure', () => {
  test('is none when the handler says that the event is to blame', async () => {
    const { make, changes } = containers();
    const breaker = make();
    const refuse = (): never => {
      throw new PermanentError('no such customer');
    };
    for (let call = 0; call < 5; call++) await expect(breaker.call(refuse)).rejects.toThrow('no such customer');
    expect(changes).toEqual([]);
  });

  test('is what the caller says', async () => {
    const { make } = containers();
    const breaker = make();
    const countsAsFailure = (error: unknown): boolean => (error as Error).message !== '503';
    for (let call = 0; call < 5; call++)
      await expect(breaker.call(outOfOrder, { countsAsFailure })).rejects.toThrow('503');
    expect(await breaker.call(fine)).toBe('answer');
  });

  test('that does not count closes the circuit as a probe: the downstream has answered', async () => {
    const { make, clock } = containers();
    const breaker = make();
    await fail(breaker, 3);
    clock.milliseconds += 30_000;
    await expect(breaker.call(outOfOrder, { countsAsFailure: () => false })).rejects.toThrow('503');
    expect(await breaker.call(fine)).toBe('answer');
  });

  test('of a call from before the circuit opened changes nothing', async () => {
    const { make, clock, changes } = containers();
    const breaker = make();
    let end = (): void => {};
    const slow = breaker.call(() => new Promise<void>((_resolve, reject) => (end = () => reject(new Error('late')))));
    await Promise.resolve();
    await fail(breaker, 3);
    clock.milliseconds += 10_000;
    end();
    await expect(slow).rejects.toThrow('late');
    await expect(breaker.call(fine)).rejects.toMatchObject(open(20));
    expect(changes).toHaveLength(1);
  });
});

describe('a closed circuit', () => {
  test('costs one reading in five seconds, and writes nothing', async () => {
    const { store, requests } = inTable();
    const { make, clock } = containers(store);
    const breaker = make();
    await Promise.all(Array.from({ length: 100 }, () => breaker.call(fine)));
    clock.milliseconds += 4_999;
    await breaker.call(fine);
    expect(requests).toEqual(['GetItem']);
    clock.milliseconds += 1;
    await breaker.call(fine);
    expect(requests).toEqual(['GetItem', 'GetItem']);
  });
});

describe('the item of a circuit', () => {
  test('has its id, what is counted, and a time after which it may go', async () => {
    const { store, items } = inTable();
    const { make, clock } = containers(store);
    await fail(make(), 3);
    const now = clock.milliseconds / 1_000;
    expect(items.get(id)).toEqual({
      id: { S: id },
      version: { N: '3' },
      failures: { N: '3' },
      probeAt: { N: String(clock.milliseconds + 30_000) },
      waitSeconds: { N: '30' },
      expiration: { N: String(now + 100 + 86_400) },
    });
  });
});

import { outlastedSeconds } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  containers,
  fail,
  fine,
  gateway,
  id,
  inTable,
  open,
  outOfOrder,
  virtualClock,
} from '../../../test/support/gateway-circuit.ts';
import type { RetryLater } from '../errors.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { circuitsInMemory } from './circuits-in-memory.ts';
import { eventDownstream } from './event-downstream.ts';

describe('a store that is out of order', () => {
  test('keeps nobody from calling, and is told', async () => {
    const { store, faults } = inTable();
    const { make, changes } = containers(store, 0);
    const breaker = make();
    faults.outage = true;
    expect(await breaker.call(fine)).toBe('answer');
    await fail(breaker, 5);
    expect(await breaker.call(fine)).toBe('answer');
    expect(changes[0]).toMatchObject({ kind: 'storeFailed', error: { name: 'InternalServerError' } });
  });

  test('when a probe is due lets all call', async () => {
    const { store, faults } = inTable();
    const { make, clock } = containers(store);
    const breaker = make();
    await fail(breaker, 3);
    clock.milliseconds += 30_000;
    faults.outage = true;
    expect(await Promise.all([breaker.call(fine), breaker.call(fine)])).toEqual(['answer', 'answer']);
  });

  test('for writing only lets all call when a probe is due', async () => {
    const store = circuitsInMemory();
    await fail(containers(store).make(), 3);
    const write = async (): Promise<never> => {
      throw new Error('throttled');
    };
    const { make, clock, changes } = containers({ ...store, write });
    clock.milliseconds += 30_000;
    expect(await make().call(fine)).toBe('answer');
    expect(changes[0]).toMatchObject({ kind: 'storeFailed', error: { message: 'throttled' } });
  });
});

describe('what waits for a downstream', () => {
  test('comes back with jitter of a quarter of the wait', async () => {
    const clock = virtualClock();
    const breaker = createCircuitBreaker({
      id,
      downstream: gateway,
      store: circuitsInMemory(),
      clock,
      random: () => 0.999,
    });
    await fail(breaker, 3);
    await expect(breaker.call(fine)).rejects.toMatchObject(open(38));
  });

  test('outlasts an outage of as many seconds as is reckoned, whatever others do meanwhile', async () => {
    const downstreams = fc.record({
      name: fc.constant('gateway'),
      outageSeconds: fc.constant(0),
      failureThreshold: fc.integer({ min: 1, max: 6 }),
      firstProbeSeconds: fc.integer({ min: 1, max: 60 }),
      maximumProbeSeconds: fc.integer({ min: 60, max: 900 }),
    });
    // Seconds after which another container calls, again and again.
    const others = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        downstreams,
        others,
        fc.integer({ min: 1, max: 12 }),
        async (downstream, pauses, maxReceiveCount) => {
          const clock = virtualClock();
          const breaker = createCircuitBreaker({ id, downstream, store: circuitsInMemory(), clock, random: () => 0 });
          const start = clock.milliseconds;
          const calls: number[] = [];
          for (const pause of pauses) calls.push((calls.at(-1) ?? start) + pause * 1_000);
          for (let attempt = 1, at = start; attempt <= maxReceiveCount; attempt++) {
            for (; (calls[0] ?? Infinity) < at; calls.shift()) {
              clock.milliseconds = calls[0] ?? at;
              await breaker.call(outOfOrder).catch(() => {});
            }
            clock.milliseconds = at;
            const event = eventDownstream(downstream, breaker, attempt);
            const refusal = await event
              .admit()
              .then(() => event.calls.call(outOfOrder))
              .catch(async (error: unknown) => (await event.comeback(error)) ?? error);
            at += (refusal as RetryLater).retryAfterSeconds * 1_000;
          }
          expect((clock.milliseconds - start) / 1_000).toBeGreaterThanOrEqual(
            outlastedSeconds(downstream, maxReceiveCount),
          );
        },
      ),
    );
  });
});

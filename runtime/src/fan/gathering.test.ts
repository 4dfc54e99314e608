import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fault, type Gatherer, gatherer, message, noting, type Part } from '../../../test/support/gatherer.ts';
import { ConfigurationError } from '../errors.ts';
import { gathering } from './gathering.ts';
import { rangesOf } from './ranges.ts';

describe('a consumer that gathers', () => {
  test('is called once with all parts in order of index, when the last has come', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.deliver(message(2, 3)).catch(() => {});
    await queue.deliver(message(0, 3));
    expect(calls).toEqual([]);
    await queue.deliver(message(1, 3));
    expect(calls).toEqual([[0, 1, 2]]);
  });

  test('gets the parts as they were received', async () => {
    const got: Part[] = [];
    const queue = gatherer((parts) => void got.push(...parts));
    await queue.deliver(message(0, 1, { payload: JSON.parse('{"__proto__":{"a":1},"b":"é"}') }));
    expect(got).toEqual([expect.objectContaining({ id: 'event-0', time: new Date(0), source: 'items' })]);
    expect(JSON.stringify(got[0]?.payload)).toBe('{"__proto__":{"a":1},"b":"é"}');
  });

  test('counts a part that comes twice once', async () => {
    const { calls, handle } = noting();
    await gatherer(handle).drain([message(0, 2), message(0, 2, { id: 'again' })]);
    expect(calls).toEqual([]);
  });

  test('keeps groups apart', async () => {
    const { calls, handle } = noting();
    const other = message(1, 2, { part: { of: 'split/e-2', index: 1, count: 2 } });
    await gatherer(handle).drain([message(0, 2), other]);
    expect(calls).toEqual([]);
  });

  test('has the message of the first part wait for the time to be up, and no other', async () => {
    const queue = gatherer(() => {}, 60);
    await expect(queue.deliver(message(1, 3))).rejects.toMatchObject({ code: 'gather-waiting', retryAfterSeconds: 60 });
    await expect(queue.deliver(message(0, 3))).resolves.toBeUndefined();
    queue.now = 20_000;
    await expect(queue.deliver(message(1, 3))).rejects.toMatchObject({ retryAfterSeconds: 40 });
  });

  test('is done with the waiting message when the group was complete before', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.drain([message(0, 2), message(1, 2)]);
    expect([calls.length, queue.deadLetters, queue.receives.get('m-0')]).toEqual([1, [], 2]);
  });

  test('dead-letters the waiting message when time is up, naming what is missing', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.drain([message(0, 9), message(4, 9), message(8, 9)]);
    const text = 'Of the 9 parts of split/e-1, 6 did not come in time: 1-3, 5-7';
    expect(queue.deadLetters).toEqual([{ id: 'm-0', code: 'gather-timeout', message: text }]);
    expect([calls, queue.now]).toEqual([[], 60_000]);
  });

  test('hands what has come to onTimeout instead, once', async () => {
    const calls: unknown[] = [];
    const onTimeout = (parts: readonly Part[], { missing }: { readonly missing: readonly number[] }): void => {
      calls.push({ parts: parts.map(({ payload }) => payload), missing });
    };
    const queue = gatherer({ complete: () => calls.push('complete'), onTimeout });
    await queue.drain([message(0, 3), message(2, 3)]);
    expect([calls, queue.deadLetters]).toEqual([[{ parts: [0, 2], missing: [1] }], []]);
  });

  test('is not called by a delivery that gets the group when its time is over', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    queue.fault = (update) => {
      if (update.startsWith('SET #lease')) queue.now += 60_000;
      return 'none';
    };
    await expect(queue.deliver(message(0, 1))).rejects.toMatchObject({ name: 'RetryLater', code: 'too-late' });
    queue.fault = () => 'none';
    await queue.deliver(message(0, 1));
    expect(calls).toHaveLength(1);
  });

  test('knows its group when the answer was lost and the SDK asks again', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    queue.fault = (update) => (update.startsWith('SET #lease') ? 'lost' : 'none');
    await queue.deliver(message(0, 1));
    expect([calls.length, queue.receives.get('m-0')]).toEqual([1, 1]);
  });

  test.each([
    ['no-part', undefined],
    ['part-mismatch', { of: 'split/e-1', index: 2, count: 2 }],
    ['part-mismatch', { of: 'split/e-1', index: 1, count: 3 }],
    ['too-many-parts', { of: 'split/e-1', index: 1, count: 1e9 }],
  ])('dead-letters as %s an event that is %j', async (code, part) => {
    const queue = gatherer(() => {});
    await queue.deliver(message(0, 2)).catch(() => {});
    await expect(queue.deliver(message(1, 2, { part }))).rejects.toMatchObject({ name: 'PermanentError', code });
  });

  test('dead-letters a part that no item of the table can hold', async () => {
    const sized = (length: number): Promise<unknown> =>
      gatherer(() => {}).deliver(message(0, 1, { payload: 'é'.repeat(length / 2) }));
    await expect(sized(409_600)).rejects.toMatchObject({ code: 'part-too-large' });
    await expect(sized(409_000)).resolves.toBeUndefined();
  });

  test('is called again after it failed, with the message that brought the last part', async () => {
    let calls = 0;
    const queue = gatherer(() => {
      if (++calls === 1) throw new Error('down');
    });
    await queue.drain([message(0, 2), message(1, 2)]);
    expect([calls, queue.receives.get('m-1')]).toEqual([2, 2]);
    expect(queue.now).toBe(60_000);
  });

  test('is not called by two deliveries at the same instant', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.deliver(message(0, 2)).catch(() => {});
    const both = [message(1, 2), message(1, 2, { id: 'again' })].map((one) => queue.deliver(one));
    const outcomes = await Promise.allSettled(both);
    expect(calls).toHaveLength(1);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: 'gather-busy' }) });
  });

  test('fails at start without a table', () => {
    expect(() => gathering.check?.({ environment: { AWS_LAMBDA_FUNCTION_NAME: 'f' } })).toThrow(ConfigurationError);
  });
});

interface Scenario {
  readonly count: number;
  readonly arrivals: readonly { readonly index: number; readonly at: number }[];
  readonly faults: readonly Fault[];
  readonly deaths: readonly boolean[];
  readonly patient: boolean;
}

const scenarios: fc.Arbitrary<Scenario> = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    arrivals: fc.array(
      fc.record({ index: fc.nat({ max: count - 1 }), at: fc.oneof(fc.nat({ max: 50_000 }), fc.nat({ max: 120_000 })) }),
      { minLength: 1, maxLength: 14 },
    ),
    faults: fc.array(fc.constantFrom<Fault>('none', 'none', 'before', 'after'), { maxLength: 30 }),
    deaths: fc.array(fc.boolean(), { maxLength: 3 }),
    patient: fc.boolean(),
  }),
);

/** Plays a scenario; `ends` are the ends of the group that user code saw to the end. */
async function play({ count, arrivals, faults, deaths, patient }: Scenario) {
  const ends: string[] = [];
  const dying = [...deaths];
  const faulty = [...faults];
  const act = (end: string) => (): void => {
    if (dying.shift()) {
      queue.dead = true;
      throw new Error('the function died');
    }
    ends.push(end);
  };
  const onTimeout = act('incomplete');
  const queue: Gatherer = gatherer(patient ? { complete: act('complete'), onTimeout } : act('complete'));
  // Whoever loses the answer of the very last write cannot know that it is done: that is at least once, and left out.
  queue.fault = (update) => (update.startsWith('SET #status') ? 'none' : (faulty.shift() ?? 'none'));
  await queue.drain(
    arrivals.map(({ index, at }, number) => message(index, count, { id: `m-${number}`, visibleAt: at })),
  );
  return { ends, queue };
}

describe('whatever the order, the duplicates and the crashes', () => {
  test('a group is handled exactly once, also late, or times out visibly', async () => {
    const told: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { ends, queue } = await play(scenario);
        const codes = [...new Set(queue.deadLetters.map(({ code }) => code))];
        const all = new Set(scenario.arrivals.map(({ index }) => index)).size === scenario.count;
        if (scenario.patient) {
          expect(ends).toHaveLength(1);
          if (!all) expect(ends).toEqual(['incomplete']);
          expect(codes.filter((code) => code !== 'gather-closed')).toEqual([]);
        } else {
          expect(ends).toEqual(all ? ['complete'] : []);
          expect(codes).toEqual(all && codes.length === 0 ? [] : ['gather-timeout']);
        }
        told[ends[0] ?? 'timed out'] = (told[ends[0] ?? 'timed out'] ?? 0) + 1;
      }),
      { numRuns: 200 },
    );
    expect(Object.keys(told).sort()).toEqual(['complete', 'incomplete', 'timed out']);
  });

  test('a group whose parts all come in time is complete', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ count, arrivals }) => {
        const once = Array.from({ length: count }, (_, index) => ({ index, at: index * 1_000 }));
        const early = arrivals.map(({ index, at }) => ({ index, at: at % 60_000 }));
        const { ends, queue } = await play({
          ...{ count, arrivals: [...early, ...once], faults: [], deaths: [], patient: false },
        });
        expect([ends, queue.deadLetters]).toEqual([['complete'], []]);
      }),
    );
  });
});

test('the indexes that are missing are told in ranges', () => {
  expect(rangesOf([0, 1, 2, 5, 7, 8])).toBe('0-2, 5, 7-8');
});

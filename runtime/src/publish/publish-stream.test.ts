import { describe, expect, test } from 'vitest';
import { batchSystem, given, many } from '../../../test/support/batch-system.ts';
import type { GivenEvent } from './publish-many.ts';

describe('$publishStream', () => {
  async function* counting(count: number, pulled: number[]): AsyncGenerator<GivenEvent> {
    for (let n = 0; n < count; n++) {
      pulled.push(n);
      yield given('Bus', n);
    }
  }

  test.each(['sync', 'async'])('publishes a %s source in full requests, and gives results in order', async (kind) => {
    const { publisher, sent } = batchSystem();
    const ids: (string | undefined)[] = [];
    const source = kind === 'sync' ? many('Bus', 45) : counting(45, []);
    for await (const { published } of publisher.$publishStream(source, { concurrency: 2 })) ids.push(published?.id);
    expect(ids).toEqual(Array.from({ length: 45 }, (_, n) => `e${n}`));
    expect(sent).toHaveLength(5);
  });

  test('takes no more of the source than it sends and gathers', async () => {
    const { publisher } = batchSystem();
    const pulled: number[] = [];
    const stream = publisher.$publishStream(counting(1_000, pulled), { concurrency: 2 });
    await stream.next();
    await new Promise(setImmediate);
    expect(pulled.length).toBeGreaterThanOrEqual(20);
    expect(pulled.length).toBeLessThanOrEqual(40);
    await stream.return();
    expect(pulled.length).toBeLessThanOrEqual(40);
  });

  test('does not wait for a full request when the source lags', async () => {
    const { publisher } = batchSystem();
    const asked: ((result: IteratorResult<GivenEvent>) => void)[] = [];
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<GivenEvent>>((give) => void asked.push(give)),
      }),
    };
    const stream = publisher.$publishStream(source);
    const first = stream.next();
    asked.shift()?.({ value: given('Bus', 1), done: false });
    expect((await first).value).toMatchObject({ published: { id: 'e1' } });
    const second = stream.next();
    asked.shift()?.({ value: given('Bus', 2), done: false });
    expect((await second).value).toMatchObject({ published: { id: 'e2' } });
  });

  test('gives a result for each event that is refused, and goes on', async () => {
    const { publisher } = batchSystem();
    const results = [];
    for await (const result of publisher.$publishStream([
      given('Bus', 1),
      { name: 'Bus', payload: {} },
      given('Bus', 2),
    ])) {
      results.push(result.failure?.code ?? result.published?.id);
    }
    expect(results).toEqual(['e1', 'invalid-payload', 'e2']);
  });

  test('throws what the source throws, after the results of what came before', async () => {
    const { publisher } = batchSystem();
    const failing = function* (): Generator<GivenEvent> {
      yield given('Bus', 1);
      throw new Error('no more');
    };
    const ids: unknown[] = [];
    const reading = (async () => {
      for await (const { published } of publisher.$publishStream(failing())) ids.push(published?.id);
    })();
    await expect(reading).rejects.toThrow('no more');
    expect(ids).toEqual(['e1']);
  });

  test('tells the place of a failure in the whole stream', async () => {
    const { publisher } = batchSystem({ verdict: (n) => (n % 40 === 14 ? 'never' : undefined) });
    const indices: number[] = [];
    for await (const { failure } of publisher.$publishStream(many('Bus', 100), { concurrency: 1 })) {
      if (failure) indices.push(failure.index);
    }
    expect(indices).toEqual([14, 54, 94]);
  });

  test('ends when the signal is aborted, also while the source has nothing to give', async () => {
    const { publisher, sent } = batchSystem();
    const controller = new AbortController();
    let closed = false;
    const source = {
      next: async (): Promise<IteratorResult<GivenEvent>> => {
        setImmediate(() => controller.abort());
        return new Promise(() => {});
      },
      return: async () => {
        closed = true;
        return { value: undefined, done: true as const };
      },
    };
    const stream = publisher.$publishStream({ [Symbol.asyncIterator]: () => source }, { signal: controller.signal });
    expect((await stream.next()).done).toBe(true);
    expect(closed).toBe(true);
    expect(sent).toEqual([]);
  });

  test('takes nothing more once the signal is aborted, and tells what became of all that it has taken', async () => {
    const controller = new AbortController();
    const { publisher } = batchSystem({
      before: ({ entries }) => (entries[0]?.n === 20 ? controller.abort('enough') : undefined),
    });
    const pulled: number[] = [];
    const codes: (string | undefined)[] = [];
    const stream = publisher.$publishStream(counting(1_000_000, pulled), { concurrency: 1, signal: controller.signal });
    for await (const { failure } of stream) codes.push(failure?.code);
    expect(codes).toHaveLength(pulled.length);
    expect(codes.slice(0, 20)).toEqual(Array(20).fill(undefined));
    expect(codes.slice(20, 30)).toEqual(Array(10).fill('unconfirmed'));
    expect(codes.slice(30)).toEqual(Array(codes.length - 30).fill('aborted'));
    expect(codes.length).toBeLessThanOrEqual(40);
  });

  test('does not wait for a source that is left early, nor hear what it throws then', async () => {
    const { publisher } = batchSystem();
    const source = (async function* () {
      try {
        for (let n = 0; ; n++) yield given('Bus', n);
      } finally {
        await Promise.reject(new Error('the cursor could not be closed'));
      }
    })();
    for await (const _ of publisher.$publishStream(source, { concurrency: 1 })) break;
    await new Promise(setImmediate);
    expect((await source.next()).done).toBe(true);
  });

  test('holds no more than a thousand requests, whatever it is told', async () => {
    const { publisher } = batchSystem();
    const pulled: number[] = [];
    const stream = publisher.$publishStream(counting(30_000, pulled), { concurrency: Number.POSITIVE_INFINITY });
    expect((await stream.next()).value).toMatchObject({ published: { id: 'e0' } });
    expect(pulled.length).toBeLessThanOrEqual(20_000);
    await stream.return();
  });

  test('stops a message group for the rest of the stream', async () => {
    const { publisher, accepted } = batchSystem({ verdict: (n) => (n === 0 ? 'never' : undefined) });
    const source = Array.from({ length: 30 }, (_, n) =>
      given('FifoQueue', n, { group: n === 0 || n === 25 ? 'a' : 'b' }),
    );
    const codes: (string | undefined)[] = [];
    for await (const { failure } of publisher.$publishStream(source, { concurrency: 1 })) codes.push(failure?.code);
    expect([codes[0], codes[25]]).toEqual(['never', 'group-stopped']);
    expect(accepted).not.toContain(25);
  });
});

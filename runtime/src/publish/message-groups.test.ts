import { describe, expect, test } from 'vitest';
import { batchSystem, given } from '../../../test/support/batch-system.ts';
import type { PublishResult } from './event-publisher.ts';
import type { GivenEvent } from './publish-many.ts';

describe('events for a FIFO topic or queue', () => {
  const inGroup = (name: string, n: number, group: string): GivenEvent => given(name, n, { group });

  test.each(['FifoTopic', 'FifoQueue'])('go to a %s one request after the other', async (name) => {
    const { publisher, sent, accepted } = batchSystem({ before: async () => void (await new Promise(setImmediate)) });
    await publisher.$publish(Array.from({ length: 25 }, (_, n) => inGroup(name, n, 'a')), { concurrency: 9 }); // biome-ignore format: one line
    expect(accepted).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(sent).toHaveLength(3);
  });

  test('are not sent when their group has lost one; other groups go on', async () => {
    const { publisher, accepted } = batchSystem({ verdict: (n) => (n === 0 ? 'never' : undefined) });
    const list = Array.from({ length: 14 }, (_, n) => inGroup('FifoQueue', n, n % 2 === 0 ? 'a' : 'b'));
    const results = await publisher.$publishSettled(list);
    expect(results[0]?.failure?.code).toBe('never');
    expect(results[10]?.failure?.code).toBe('group-stopped');
    expect(results[12]?.failure?.code).toBe('group-stopped');
    expect(accepted.filter((n) => n % 2 === 1)).toEqual([1, 3, 5, 7, 9, 11, 13]);
  });

  test('are not sent again when an earlier one of the same request is lost', async () => {
    const { publisher } = batchSystem({
      verdict: (n, attempt) => (n === 0 ? 'never' : n === 1 && attempt === 1 ? 'again' : undefined),
    });
    const results = await publisher.$publishSettled([inGroup('FifoTopic', 0, 'a'), inGroup('FifoTopic', 1, 'a')]);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['never', 'group-stopped']);
  });

  test('are not sent again behind a later one of their group that was accepted', async () => {
    const { publisher, accepted } = batchSystem({
      verdict: (n, attempt) => (n < 2 && attempt === 1 ? 'again' : undefined),
    });
    const list = [0, 1, 2, 3].map((n) => inGroup('FifoQueue', n, n === 1 ? 'b' : 'a'));
    const results = await publisher.$publishSettled(list);
    expect(results.map(({ failure }) => failure?.code)).toEqual(['overtaken', undefined, undefined, undefined]);
    expect(accepted).toEqual([2, 3, 1]);
  });

  test('are sent again though a later one of their group was refused for good', async () => {
    const { publisher, accepted } = batchSystem({
      verdict: (n, attempt) => (n === 1 ? 'never' : n === 0 && attempt === 1 ? 'again' : undefined),
    });
    const results = await publisher.$publishSettled([0, 1].map((n) => inGroup('FifoQueue', n, 'a')));
    expect(results.map(({ failure }) => failure?.code)).toEqual([undefined, 'never']);
    expect(accepted).toEqual([0]);
  });

  test('are not sent again behind a later one that may have been accepted', async () => {
    const { publisher, sent } = batchSystem({ verdict: (n) => (n === 0 ? 'again' : 'silence') });
    const results = await publisher.$publishSettled([0, 1].map((n) => inGroup('FifoQueue', n, 'a')));
    expect(results.map(({ failure }) => failure?.code)).toEqual(['overtaken', 'unconfirmed']);
    expect(sent).toHaveLength(1);
  });

  test.each(['$publishSettled', '$publishStream'] as const)(
    'are not sent by %s behind a claim that was refused',
    async (way) => {
      const { publisher, accepted } = batchSystem({
        features: [{ claim: async () => Promise.reject(Object.assign(new Error('slow'), { name: 'SlowDown' })) }],
      });
      const large = { ...inGroup('Claimed', 1, 'a'), payload: { n: 1, group: 'a', note: 'x'.repeat(200) } };
      const list = [
        inGroup('Claimed', 0, 'a'),
        large,
        ...[2, 3, 4].map((n) => inGroup('Claimed', n, n === 3 ? 'b' : 'a')),
      ];
      const results: PublishResult[] = [];
      if (way === '$publishStream') for await (const result of publisher.$publishStream(list)) results.push(result);
      else results.push(...(await publisher.$publishSettled(list, { sendValid: true })));
      expect(results.map(({ failure }) => failure?.code)).toEqual([
        ...[undefined, 'SlowDown', 'group-stopped', undefined, 'group-stopped'],
      ]);
      expect(accepted).toEqual([0, 3]);
    },
  );

  test('are not sent when an earlier one is given up after all attempts', async () => {
    const { publisher, sent } = batchSystem({ verdict: (n) => (n === 0 ? 'again' : undefined) });
    const list = Array.from({ length: 11 }, (_, n) => inGroup('FifoQueue', n, n === 0 || n === 10 ? 'a' : 'b'));
    const results = await publisher.$publishSettled(list, { timeoutMilliseconds: 1e9 });
    expect(results[10]?.failure?.code).toBe('group-stopped');
    expect(sent).toHaveLength(10);
  });
});

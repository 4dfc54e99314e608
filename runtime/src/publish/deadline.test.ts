import { describe, expect, test } from 'vitest';
import { batchSystem, environment, events, given, many } from '../../../test/support/batch-system.ts';
import type { AwsClient } from '../connection.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { GivenEvent } from './publish-many.ts';
import { createPublisher } from './publisher.ts';

describe('the end of the time for a call', () => {
  test('stops what was not sent, and leaves what AWS said last of what failed', async () => {
    const { publisher, passTime } = batchSystem({
      verdict: (n) => (n === 0 ? 'again' : undefined),
      before: () => passTime(400),
    });
    const results = await publisher.$publishSettled(many('Bus', 30), { concurrency: 1, timeoutMilliseconds: 1_000 });
    const codes = results.map(({ failure }) => failure?.code);
    expect(codes[0]).toBe('ThrottlingException');
    expect(codes.slice(1, 10)).toEqual(Array(9).fill(undefined));
    expect(codes.at(-1)).toBe('timed-out');
  });

  test('an aborted signal stops what was not sent, and what is under way is unconfirmed', async () => {
    const controller = new AbortController();
    const { publisher, sent } = batchSystem({
      before: ({ entries }) => (entries[0]?.n === 10 ? controller.abort('enough') : undefined),
    });
    const results = await publisher.$publishSettled(many('Bus', 30), { concurrency: 1, signal: controller.signal });
    const codes = results.map(({ failure }) => failure?.code);
    expect([codes[0], codes[10], codes[20]]).toEqual([undefined, 'unconfirmed', 'aborted']);
    expect(results[20]?.failure?.cause).toBe('enough');
    expect(sent).toHaveLength(2);
  });

  test('an aborted signal ends the wait before another attempt', async () => {
    const controller = new AbortController();
    const client: AwsClient = {
      send: async () => {
        setImmediate(() => controller.abort());
        return { Entries: [{ ErrorCode: 'ThrottlingException' }] };
      },
    };
    const publisher = createPublisher<EventPublisher<GivenEvent>>(
      { service: 's', operations: { all: events } },
      {
        environment,
        clients: { eventBridge: client },
        clock: { now: () => new Date(0), sleep: () => new Promise(() => {}) },
      },
    );
    const [result] = await publisher.$publishSettled([given('Bus', 1)], { signal: controller.signal });
    expect(result?.failure?.code).toBe('ThrottlingException');
  });

  test('cuts off a request that hangs, by the time of the machine', async () => {
    const client: AwsClient = {
      send: () => new Promise(() => {}),
    };
    const publisher = createPublisher<EventPublisher<GivenEvent>>(
      { service: 's', operations: { all: events } },
      { environment, clients: { eventBridge: client } },
    );
    const results = await publisher.$publishSettled(many('Bus', 11), { timeoutMilliseconds: 1_000, concurrency: 1 });
    expect(results.map(({ failure }) => failure?.code)).toEqual([...Array(10).fill('unconfirmed'), 'timed-out']);
  });
});

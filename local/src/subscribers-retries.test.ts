import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { PublishCommand } from '@aws-sdk/client-sns';
import { limits, type Subscriber, type SubscriberDelivery } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import type { FaultRates } from './faults/rates.ts';
import { subscriber, withSubscribers } from './fixtures/subscribers.ts';
import { busRoute, shopBus, topic, topicRoute, topologyOf } from './fixtures/topology.ts';
import type { LocalSystemOptions } from './options.ts';
import { createLocalSystem, type LocalSystem } from './system.ts';
import type { TargetFunction } from './targets.ts';

const all = busRoute('all', { source: ['s'] });
const endpoint = {
  type: 'endpoint',
  url: 'https://crm.example.com',
  method: 'POST',
  ratePerSecond: null,
  body: 'payload',
  authorization: { kind: 'apiKey', header: 'X-Key', secret: 's' },
} as const satisfies SubscriberDelivery;

function systemOf(subscribers: readonly Subscriber[], options: Partial<LocalSystemOptions> = {}): LocalSystem {
  const topology = withSubscribers(topologyOf([shopBus, topic('slots')], []), subscribers);
  return createLocalSystem({ topology, handlers: {}, ...options });
}

/** A system with one target that a function plays. */
function played(delivery: SubscriberDelivery, play: TargetFunction): LocalSystem {
  const fromTopic = ['http', 'email', 'sms'].includes(delivery.type);
  const route = fromTopic ? topicRoute('t', 'topic:slots') : all;
  return systemOf([subscriber('a/x', delivery, [route])], { targets: { 'a/x': play } });
}

const put = (system: LocalSystem) =>
  system.clients.eventBridge.send(
    new PutEventsCommand({ Entries: [{ EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{"n":1}' }] }),
  );

const publish = (system: LocalSystem) =>
  system.clients.sns.send(
    new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:slots', Message: '{"slot":1}' }),
  );

const start = Date.UTC(2026, 0, 1);

/** Notes when it is called, in seconds, and fails `times` times. */
function failing(times: number): {
  readonly calls: number[];
  readonly play: (system: () => LocalSystem) => TargetFunction;
} {
  const calls: number[] = [];
  const play = (system: () => LocalSystem) => () => {
    calls.push((system().now().getTime() - start) / 1000);
    if (calls.length <= times) throw new Error('out of order');
  };
  return { calls, play };
}

describe('a target of a rule that fails', () => {
  test('gets the event again, later and later, until it takes it', async () => {
    const { calls, play } = failing(3);
    const system: LocalSystem = played(
      endpoint,
      play(() => system),
    );
    await put(system);
    await system.settle();
    expect(calls).toHaveLength(4);
    const gaps = calls.slice(1).map((at, index) => Math.round(at - (calls[index] ?? 0)));
    expect(gaps).toEqual([1, 2, 4]);
    expect(system.report().subscribers).toMatchObject([
      { received: 1, invocations: 4, retried: 3, handled: 1, deadLettered: 0, inFlight: 0 },
    ]);
    expect(system.received('a/x')).toHaveLength(1);
  });

  test('loses it to the dead-letter queue after a day, as it came from the bus', async () => {
    const { calls, play } = failing(Number.POSITIVE_INFINITY);
    const system: LocalSystem = played(
      endpoint,
      play(() => system),
    );
    const { Entries } = await put(system);
    await system.settle();
    expect(calls.at(-1)).toBeLessThanOrEqual(86_400);
    expect(calls.at(-1)).toBeGreaterThan(80_000);
    const [letter] = system.deadLetters('a/x');
    expect(letter).toMatchObject({
      from: 'rule',
      attributes: { ERROR_CODE: 'SDK_CLIENT_ERROR', EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds' },
      reason: expect.stringContaining('out of order'),
    });
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ id: Entries?.[0]?.EventId, detail: { n: 1 } });
    expect(system.report().accounted).toMatchObject([{ verdicts: { 'a/x': { kind: 'deadLettered' } } }]);
    expect(system.received('a/x')).toEqual([]);
  });

  test('does so for many events without counting as a runaway', async () => {
    const system = played(endpoint, () => Promise.reject(new Error('gone')));
    for (let n = 0; n < 40; n++) await put(system);
    await system.settle();
    expect(system.report().subscribers).toMatchObject([{ received: 40, deadLettered: 40, inFlight: 0 }]);
  });

  test.each([400, 404, 422])('is not asked again when it answers %i', async (status) => {
    let calls = 0;
    const system = played(endpoint, () => {
      calls++;
      throw Object.assign(new Error('refused'), { status });
    });
    await put(system);
    await system.settle();
    expect(calls).toBe(1);
    expect(system.deadLetters('a/x')).toMatchObject([{ attributes: { RETRY_ATTEMPTS: '0' } }]);
  });

  test.each([409, 429, 503])('is asked again when it answers %i', async (status) => {
    let calls = 0;
    const system = played(endpoint, () => {
      calls++;
      if (calls === 1) throw Object.assign(new Error('later'), { status });
    });
    await put(system);
    await system.settle();
    expect([calls, system.deadLetters('a/x')]).toEqual([2, []]);
  });
});

test('a workflow takes no larger input than Step Functions does', async () => {
  const workflow = { type: 'workflow', kind: 'express', definition: null, input: 'payload' } as const;
  const system = systemOf([subscriber('a/flow', workflow, [all])]);
  for (const size of [limits.executionInputBytes.value - '{"t":""}'.length, limits.executionInputBytes.value]) {
    const Detail = JSON.stringify({ t: 'x'.repeat(size) });
    const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail };
    await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  }
  await system.settle();
  expect(system.received('a/flow')).toHaveLength(1);
  expect(system.deadLetters('a/flow')).toMatchObject([{ reason: expect.stringContaining('262144 are allowed') }]);
});

describe('an address of SNS that fails', () => {
  test('is called again as its delivery policy says, then gives the message up', async () => {
    const { calls, play } = failing(Number.POSITIVE_INFINITY);
    const policy = {
      retries: 3,
      minimumDelaySeconds: 10,
      maximumDelaySeconds: 30,
      backoff: 'linear',
      maximumPerSecond: null,
    } as const;
    const system: LocalSystem = played(
      { type: 'http', url: 'https://h.example.com', raw: true, policy },
      play(() => system),
    );
    await publish(system);
    await system.settle();
    expect(calls.slice(1).map((at, index) => Math.round(at - (calls[index] ?? 0)))).toEqual([10, 20, 30]);
    expect(system.deadLetters('a/x')).toMatchObject([{ body: '{"slot":1}', from: 'subscription' }]);
  });

  test('of mail is tried for six hours', async () => {
    const { calls, play } = failing(Number.POSITIVE_INFINITY);
    const system: LocalSystem = played(
      { type: 'email', addresses: ['a@example.com'] },
      play(() => system),
    );
    await publish(system);
    await system.settle();
    expect(calls).toHaveLength(51);
    expect((calls.at(-1) ?? 0) / 3_600).toBeGreaterThan(6);
    expect(system.deadLetters('a/x')).toHaveLength(1);
  });
});

const rates: FaultRates = {
  ruleDeliveryFails: 0.2,
  ruleDeliveryNeverSucceeds: 0.05,
  ruleDeliveryForbidden: 0.05,
  subscriptionDeliveryFails: 0.2,
  subscriptionDeliveryNeverSucceeds: 0.05,
  subscriptionDeliveryForbidden: 0.05,
  deliveryDuplicated: 0.2,
  messageDelayed: 0.2,
  messageRedelivered: 0.1,
  handlerCrashes: 0.2,
  handlerTimesOut: 0.1,
  handlerRunsTwice: 0.1,
};

test('whatever goes wrong, every event is taken or dead-lettered', async () => {
  const policy = {
    retries: 2,
    minimumDelaySeconds: 1,
    maximumDelaySeconds: 5,
    backoff: 'exponential',
    maximumPerSecond: null,
  } as const;
  const none = { type: 'none', arn: null, visibilityTimeoutSeconds: 60, maxReceiveCount: 3, fifo: false } as const;
  const subscribers = [
    subscriber('a/crm', endpoint, [all]),
    subscriber('a/log', { type: 'log', retentionDays: 7 }, [all]),
    subscriber('a/hook', { type: 'http', url: 'https://h.example.com', raw: true, policy }, [
      topicRoute('h', 'topic:slots'),
    ]),
    subscriber('a/pull', none, [{ ...all, operation: 'p' }, topicRoute('pt', 'topic:slots')]),
  ];
  for (const seed of [1, 2, 3]) {
    const random = () => {
      if (++turn % 3 === 0) throw new Error('bad luck');
    };
    let turn = 0;
    const targets = { 'a/crm': random, 'a/hook': random, 'a/pull': random };
    const system = systemOf(subscribers, { targets, seed, faults: { rates } });
    for (let n = 0; n < 40; n++) {
      await put(system);
      await publish(system);
    }
    await system.settle();
    const { accounted, subscribers: rows } = system.report();
    for (const { received, handled, deadLettered, lost, inFlight } of rows) {
      expect({ lost, inFlight, sum: handled + deadLettered }).toEqual({ lost: 0, inFlight: 0, sum: received });
    }
    for (const { key } of subscribers) {
      const dead = new Set(system.deadLetters(key).map(({ event }) => event.id));
      const got = new Set(system.received(key).map(({ event }) => event.id));
      for (const { event, verdicts } of accounted) {
        const kind = verdicts[key]?.kind;
        expect(['handled', 'deadLettered', 'notMatched'], `${key} ${event.id}`).toContain(kind);
        expect(dead.has(event.id)).toBe(kind === 'deadLettered');
        if (kind === 'handled') expect(got.has(event.id)).toBe(true);
      }
    }
  }
});

test('a subscriber is no function', async () => {
  const system = systemOf([subscriber('a/crm', endpoint, [all])]);
  expect((await system.clients.lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
});

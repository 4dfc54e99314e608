import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, type PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { Consumer } from '@eventloom/engine';
import { invocationKey } from '@eventloom/runtime';
import { describe, expect, test } from 'vitest';
import { modulesOf, perRecord, type TestBatch } from '../fixtures/handlers.ts';
import {
  busRoute,
  busTopicRoute,
  functionConsumer,
  queueConsumer,
  shopBus,
  topic,
  topicRoute,
  topologyOf,
} from '../fixtures/topology.ts';
import type { LocalLambdaContext } from '../handlers.ts';
import type { LocalSystemOptions } from '../options.ts';
import { createLocalSystem, type LocalSystem } from '../system.ts';
import type { FaultRates } from './rates.ts';

const feed = { fedBy: { bus: 'bus:shop', eventPattern: { source: ['s'] } } };
const idempotency = { key: null, ttlSeconds: 60, replays: 'skip' } as const;

/** A consumer at the end of every kind of path. */
const consumers: readonly Consumer[] = [
  { ...queueConsumer('a/busQueue', [busRoute('busQueue', { source: ['s'] })]), idempotency },
  functionConsumer('a/busFunction', [busRoute('busFunction', { source: ['s'] })]),
  queueConsumer('a/feedQueue', [busTopicRoute('feedQueue', 'topic:fed', null)]),
  functionConsumer('a/topicFunction', [topicRoute('topicFunction', 'topic:orders')]),
  queueConsumer('a/topicQueue', [topicRoute('topicQueue', 'topic:orders')]),
];

interface Shop {
  readonly system: LocalSystem;
  put(count?: number): Promise<PutEventsCommandOutput>;
  publish(): Promise<unknown>;
}

type Handlers = Parameters<typeof modulesOf>[0];

function shop(faults: LocalSystemOptions['faults'], handlers: Handlers = {}): Shop {
  const ignore = Object.fromEntries(consumers.map(({ key }) => [key, () => {}]));
  const topology = topologyOf([shopBus, topic('orders'), topic('fed', feed)], consumers);
  const system = createLocalSystem({ topology, handlers: modulesOf({ ...ignore, ...handlers }), faults });
  const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{"a":1}' };
  const put = (count = 1) =>
    system.clients.eventBridge.send(new PutEventsCommand({ Entries: Array.from({ length: count }, () => entry) }));
  const publish = () => {
    const TopicArn = system.environment.EVENTLOOM_TOPIC_ORDERS;
    const MessageAttributes = { type: { DataType: 'String', StringValue: 'D' } };
    return system.clients.sns.send(new PublishCommand({ TopicArn, Message: '{"a":1}', MessageAttributes }));
  };
  return { system, put, publish };
}

const verdictsOf = (system: LocalSystem) => system.report().accounted.map(({ verdicts }) => verdicts);

describe('deliveries', () => {
  test('that EventBridge may not make stand on the dead-letter queue of the rule, with what its documentation says', async () => {
    const { system, put } = shop({ rates: { ruleDeliveryForbidden: 1 } });
    await put();
    await system.settle();
    for (const key of ['a/busQueue', 'a/busFunction', 'a/feedQueue']) {
      expect(verdictsOf(system)[0]?.[key]).toMatchObject({
        kind: 'deadLettered',
        reason: expect.stringMatching(/^rule: NO_PERMISSIONS/),
      });
      const [letter, ...others] = system.deadLetters(key);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ from: 'rule', attributes: { ERROR_CODE: 'NO_PERMISSIONS', RETRY_ATTEMPTS: '0' } });
      expect(letter?.attributes.RULE_ARN).toMatch(/^arn:aws:events:.*:rule\/shop\//);
      expect(letter?.attributes.TARGET_ARN).toMatch(/^arn:aws:(?:sqs|lambda|sns):/);
      expect(JSON.parse(letter?.body ?? '')).toMatchObject({ source: 's', detail: { a: 1 } });
    }
  });

  test('that EventBridge never manages end after a day', async () => {
    const { system, put } = shop({ rates: { ruleDeliveryNeverSucceeds: 1 } });
    const start = system.now().getTime();
    await put();
    expect(verdictsOf(system)[0]?.['a/feedQueue']).toEqual({ kind: 'pending' });
    await system.settle();
    expect(system.now().getTime() - start).toBe(86_400_000);
    const [letter] = system.deadLetters('a/busQueue');
    expect(letter?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
      RETRY_ATTEMPTS: '185',
    });
    expect(system.report().consumers[0]).toMatchObject({ received: 1, deadLettered: 1, inFlight: 0 });
  });

  test('that SNS may not make keep their body and attributes, as the endpoint would have got them', async () => {
    const { system, publish } = shop({ rates: { subscriptionDeliveryForbidden: 1 } });
    await publish();
    await system.settle();
    expect(system.deadLetters('a/topicQueue')).toMatchObject([
      { from: 'subscription', body: '{"a":1}', attributes: { type: 'D' } },
    ]);
    const [letter] = system.deadLetters('a/topicFunction');
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ Type: 'Notification', Message: '{"a":1}' });
  });

  test('that fail for a while arrive later, and count as pending meanwhile', async () => {
    const { system, put, publish } = shop({
      rates: { ruleDeliveryFails: 0.7, subscriptionDeliveryFails: 0.7 },
    });
    await put(10);
    await publish();
    await system.advance(500);
    expect(verdictsOf(system).some((verdicts) => verdicts['a/busQueue']?.kind === 'pending')).toBe(true);
    await system.settle();
    expect(system.faults.ruleDeliveryFails).toBeGreaterThan(0);
    expect(system.faults.subscriptionDeliveryFails).toBeGreaterThan(0);
    const kinds = verdictsOf(system).flatMap((verdicts) => Object.values(verdicts).map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['handled', 'notMatched']));
  });

  test('happen twice, and the second one is accounted for as well', async () => {
    const { system, put } = shop({ rates: { deliveryDuplicated: 1 } });
    await put();
    await system.settle();
    expect(system.report().consumers[0]).toMatchObject({ key: 'a/busQueue', received: 2, handled: 2 });
  });
});

describe('queues', () => {
  test('hand out again what was deleted', async () => {
    const { system, put } = shop({ rates: { messageRedelivered: 0.5 } });
    await put(10);
    await system.settle();
    expect(system.report().consumers[0]?.retried).toBeGreaterThan(0);
  });

  test('let messages overtake each other', async () => {
    const seen: string[] = [];
    const note = perRecord(({ body }) => seen.push(JSON.parse(body).id));
    const { system, put } = shop({ rates: { messageDelayed: 0.5 } }, { 'a/busQueue': note });
    const sent = (await put(10)).Entries?.map(({ EventId }) => EventId) ?? [];
    await system.settle();
    expect(seen).not.toEqual(sent);
    expect([...seen].sort()).toEqual([...sent].sort());
  });
});

describe('handlers', () => {
  test('that crash are tried again, and end in the dead-letter queue when they always do', async () => {
    const { system, put } = shop({ rates: { handlerCrashes: 1 } });
    await put();
    await system.settle();
    expect(system.deadLetters('a/busQueue')).toMatchObject([
      { from: 'queue', reason: expect.stringMatching(/^Runtime.ExitError/) },
    ]);
    expect(system.deadLetters('a/busFunction')).toMatchObject([
      { from: 'function', reason: expect.stringMatching(/Runtime.ExitError/) },
    ]);
  });

  test('that time out take their whole timeout', async () => {
    const { system, put } = shop({ rates: { handlerTimesOut: 1 } });
    await put();
    await system.advance(31_000);
    expect(system.journal).toContainEqual(
      expect.objectContaining({ kind: 'failed', reason: expect.stringContaining('timed out after 30.00 seconds') }),
    );
  });

  test('die in the middle of a batch, at a request that they never see the answer of', async () => {
    const begun: string[] = [];
    const finished: string[] = [];
    const work = perRecord(async ({ body }, context) => {
      const { clients, environment } = context[invocationKey] ?? {};
      const { id } = JSON.parse(body);
      begun.push(id);
      const Item = { id: { S: id } };
      await clients?.dynamoDb?.send(new PutItemCommand({ TableName: environment?.EVENTLOOM_TABLE_NAME, Item }));
      finished.push(id);
    }) as (event: TestBatch, context: LocalLambdaContext) => Promise<unknown>;
    const { system, put } = shop({ seed: 2, rates: { handlerCrashes: 0.6 } }, { 'a/busQueue': work });
    for (let round = 0; round < 5; round++) {
      await put(10);
      await system.settle();
    }
    expect(begun.length).toBeGreaterThan(finished.length);
    expect(finished.length).toBeGreaterThan(0);
    expect(system.report().consumers[0]).toMatchObject({ inFlight: 0, lost: 0 });
  });
});

describe('requests', () => {
  test('of PutEvents fail in part, and what failed was not published', async () => {
    const { system, put } = shop({ rates: { putEventsEntryFails: 0.5 } });
    const { FailedEntryCount, Entries = [] } = await put(10);
    expect(Entries).toHaveLength(10);
    const accepted = Entries.flatMap(({ EventId }) => EventId ?? []);
    expect(FailedEntryCount).toBe(10 - accepted.length);
    expect(FailedEntryCount).toBeGreaterThan(0);
    expect(system.report().accounted.map(({ event }) => event.id)).toEqual(accepted);
  });

  test('that were accepted before the connection broke took effect all the same, as often as the SDK tried', async () => {
    const { system, put } = shop({ rates: { connectionResetsAfterAcceptance: 1 } });
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(system.report().accounted).toHaveLength(3);
  });

  test('that break before took none', async () => {
    const { system, put } = shop({ rates: { connectionResets: 1 } });
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(system.report().accounted).toEqual([]);
  });

  test('of a store fail during its outage, and work again afterwards', async () => {
    const { system } = shop({ outages: [{ service: 'dynamodb', afterSeconds: 10, forSeconds: 60 }] });
    const TableName = system.environmentOf('a').EVENTLOOM_TABLE_NAME;
    const get = () => system.clients.dynamoDb.send(new GetItemCommand({ TableName, Key: { id: { S: 'x' } } }));
    await get();
    await system.advance(30_000);
    await expect(get()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    await system.advance(60_000);
    await get();
  });
});

const everything: FaultRates = {
  putEventsThrottled: 0.1,
  putEventsEntryFails: 0.1,
  requestFails: 0.05,
  connectionResets: 0.05,
  connectionResetsAfterAcceptance: 0.05,
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

async function playEverything(seed: number) {
  const { system, put, publish } = shop({ seed, rates: everything });
  for (let round = 0; round < 30; round++) {
    await put(10).catch(() => {});
    await publish().catch(() => {});
  }
  await system.settle();
  return system;
}

test('whatever goes wrong, every event is handled or dead-lettered, and stands on a dead-letter queue if it is', async () => {
  for (const seed of [1, 2, 3]) {
    const system = await playEverything(seed);
    const { accounted, consumers: counts } = system.report();
    expect(accounted.length).toBeGreaterThan(100);
    for (const { key } of consumers) {
      const dead = new Set(system.deadLetters(key).map(({ event }) => event.id));
      for (const { event, verdicts } of accounted) {
        const kind = verdicts[key]?.kind;
        expect(['handled', 'deadLettered', 'notMatched']).toContain(kind);
        expect(dead.has(event.id), `${key} ${event.id}`).toBe(kind === 'deadLettered');
      }
    }
    for (const { inFlight, lost } of counts) expect({ inFlight, lost }).toEqual({ inFlight: 0, lost: 0 });
    expect(Object.keys(system.faults).sort()).toEqual(Object.keys(everything).sort());
  }
});

test('one seed gives one course of faults', async () => {
  const [first, second, other] = await Promise.all([playEverything(7), playEverything(7), playEverything(8)]);
  expect(second.report()).toEqual(first.report());
  expect(other.report()).not.toEqual(first.report());
});

test('an impossible rate is refused', () => {
  expect(() => shop({ rates: { requestFails: 5 } })).toThrow('requestFails must be from 0 to 1, not 5');
});

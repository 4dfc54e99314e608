import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { modulesOf } from './fixtures/handlers.ts';
import { busRoute, functionConsumer, shopBus, topologyOf } from './fixtures/topology.ts';
import type { LocalLambdaContext } from './handlers.ts';
import { createLocalSystem, type LocalSystem } from './system.ts';

const put = (system: LocalSystem) =>
  system.clients.eventBridge.send(
    new PutEventsCommand({ Entries: [{ EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{"n":1}' }] }),
  );

function systemWith(
  handler: (event: unknown, context: LocalLambdaContext) => unknown,
  delivery: Parameters<typeof functionConsumer>[2] = {},
): LocalSystem {
  const topology = topologyOf([shopBus], [functionConsumer('a/f', [busRoute('f', { source: ['s'] })], delivery)]);
  return createLocalSystem({ topology, handlers: modulesOf({ 'a/f': handler }) });
}

test('a failed asynchronous invocation is tried again after one and after two minutes, under one request id', async () => {
  const attempts: [number, string][] = [];
  const system = systemWith((_, { awsRequestId }) => {
    attempts.push([system.now().getTime() - Date.UTC(2026, 0, 1), awsRequestId]);
    if (attempts.length < 3) throw new Error('not yet');
  });
  await put(system);
  await system.settle();
  // Each attempt takes 20 ms.
  expect(attempts.map(([at]) => at)).toEqual([0, 60_020, 180_040]);
  expect(new Set(attempts.map(([, id]) => id)).size).toBe(1);
  expect(system.report().consumers).toEqual([
    {
      key: 'a/f',
      received: 1,
      invocations: 3,
      handled: 1,
      retried: 2,
      deadLettered: 0,
      redriven: 0,
      lost: 0,
      inFlight: 0,
    },
  ]);
});

test('after the last retry a record of the failure goes to the dead-letter queue', async () => {
  const system = systemWith(() => {
    throw new RangeError('too far');
  });
  const { Entries } = await put(system);
  await system.settle();
  const [letter] = system.deadLetters('a/f');
  expect(letter).toMatchObject({ reason: 'RetriesExhausted: RangeError: too far', attributes: {} });
  expect(JSON.parse(letter?.body ?? '')).toEqual({
    version: '1.0',
    timestamp: '2026-01-01T00:03:00.060Z',
    requestContext: {
      requestId: expect.any(String),
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:shop-a-f:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: expect.objectContaining({ id: Entries?.[0]?.EventId, detail: { n: 1 } }),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
  });
});

test('an event that grows too old before its retry is given up', async () => {
  let calls = 0;
  const handler = () => {
    calls++;
    throw new Error('no');
  };
  const system = systemWith(handler, { maxEventAgeSeconds: 90 });
  await put(system);
  await system.settle();
  expect(calls).toBe(2);
  expect(system.now()).toEqual(new Date('2026-01-01T00:01:30Z'));
  expect(system.deadLetters('a/f')).toMatchObject([{ reason: 'EventAgeExceeded: Error: no' }]);
});

test('retryAttempts 0 gives one attempt', async () => {
  const system = systemWith(() => Promise.reject(new Error('no')), { retryAttempts: 0 });
  await put(system);
  await system.settle();
  expect(system.report().consumers).toMatchObject([{ invocations: 1, deadLettered: 1 }]);
});

test('what is thrown need not be an error', async () => {
  const system = systemWith(() => Promise.reject('just text'), { retryAttempts: 0 });
  await put(system);
  await system.settle();
  expect(system.deadLetters('a/f')).toMatchObject([{ reason: 'RetriesExhausted: string: just text' }]);
});

test('the context is that of Lambda', async () => {
  const contexts: LocalLambdaContext[] = [];
  const remaining: number[] = [];
  const system = systemWith((_, context) => {
    contexts.push(context);
    remaining.push(context.getRemainingTimeInMillis());
  });
  await put(system);
  await system.settle();
  expect(contexts[0]).toMatchObject({
    functionName: 'shop-a-f',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:shop-a-f',
    memoryLimitInMB: '256',
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logGroupName: '/aws/lambda/shop-a-f',
  });
  expect(remaining[0]).toBeGreaterThan(20_000);
  expect(remaining[0]).toBeLessThanOrEqual(30_000);
});

test('every attempt gets an event of its own', async () => {
  const seen: unknown[] = [];
  const system = systemWith((event) => {
    const { detail } = event as { detail: { n: number } };
    seen.push(detail.n);
    detail.n = 99;
    throw new Error('no');
  });
  await put(system);
  await system.settle();
  expect(seen).toEqual([1, 1, 1]);
});

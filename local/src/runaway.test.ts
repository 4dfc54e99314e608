import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { invocationKey } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { modulesOf } from './fixtures/handlers.ts';
import { busRoute, functionConsumer, onBus, shopBus, topologyOf } from './fixtures/topology.ts';
import type { LocalLambdaContext } from './handlers.ts';
import type { BoundsOptions } from './options.ts';
import { RunawayError } from './state/runaway.ts';
import { createLocalSystem } from './system.ts';

const publish = (DetailType: string, copies = 1) =>
  new PutEventsCommand({
    Entries: Array.from({ length: copies }, () => ({ EventBusName: 'shop', Source: 's', DetailType, Detail: '{}' })),
  });

/** `b/pong` answers every Ping with Pongs, `a/ping` every Pong with a Ping. */
async function pingPong(copies: number, bounds?: BoundsOptions): Promise<unknown> {
  const emitting = (type: string, count: number) => (_: unknown, context: LocalLambdaContext) =>
    context[invocationKey]?.clients.eventBridge?.send(publish(type, count));
  const consumer = (key: string, wants: string, emits: string) =>
    functionConsumer(key, [busRoute('f', { 'detail-type': [wants] })], { emits: [onBus(emits, 's')] });
  const system = createLocalSystem({
    topology: topologyOf(
      [shopBus],
      [
        consumer('a/ping', 'Pong', 'Ping'),
        consumer('b/pong', 'Ping', 'Pong'),
        functionConsumer('c/quiet', [busRoute('f', { 'detail-type': ['None'] })]),
      ],
    ),
    handlers: modulesOf({
      'a/ping': emitting('Ping', 1),
      'b/pong': emitting('Pong', copies),
      'c/quiet': () => undefined,
    }),
    bounds,
  });
  await system.clients.eventBridge.send(publish('Ping'));
  return system.settle().catch((error: unknown) => error);
}

test('events that cause each other in a circle end in an error that names the hottest consumer and the circle', async () => {
  const error = await pingPong(1);
  expect(error).toBeInstanceOf(RunawayError);
  expect(error).toMatchObject({ code: 'runaway', consumer: 'a/ping' });
  expect(String(error)).toMatch(/a chain of 101 handlers.*hottest consumer is a\/ping with 51 invocations/);
  expect(String(error)).toContain('a/ping publishes Ping -> b/pong publishes Pong');
});

test('events that multiply end before the chain is long', async () => {
  const error = await pingPong(10, { hops: 1000, invocationsPerEvent: 1 });
  expect(error).toMatchObject({ name: 'RunawayError', consumer: 'a/ping' });
  expect(String(error)).toMatch(/1002 invocations for 1 events from outside/);
});

test('a chain as long as the bound is fine', async () => {
  const topology = topologyOf(
    [shopBus],
    [functionConsumer('a/step', [busRoute('f', { source: ['s'] })], { emits: [onBus('Step', 's')] })],
  );
  let steps = 0;
  const step = (_: unknown, context: LocalLambdaContext) =>
    ++steps <= 10 ? context[invocationKey]?.clients.eventBridge?.send(publish('Step')) : undefined;
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/step': step }), bounds: { hops: 10 } });
  await system.clients.eventBridge.send(publish('Step'));
  await system.settle();
  expect(steps).toBe(11);
});

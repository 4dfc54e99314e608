import { InvokeCommand } from '@aws-sdk/client-lambda';
import { answeringHandler, createCalls, type Validator } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { modulesOf } from './fixtures/handlers.ts';
import { busRoute, functionConsumer, shopBus } from './fixtures/topology.ts';
import { createLocalSystem } from './system.ts';

const anything: Validator<unknown> = Object.assign((_: unknown): _ is unknown => true, { errors: null });
const asked = { name: 'Asked', source: 's', validate: anything };
const reply = { name: 'Answered', validate: anything };
const route = [busRoute('quote', { source: ['s'] })];
const definition = {
  key: 'carriers/quote',
  service: 'carriers',
  consumer: 'quote',
  routes: ['eventbridge'],
  receives: [asked],
  emits: [],
} as const;

interface Calls {
  quote(payload: object): Promise<unknown>;
}

function systemWith(isReplying: boolean) {
  const seen: unknown[] = [];
  const calls = [{ consumer: 'carriers/quote', environmentVariable: 'QUOTE' }];
  const called = { ...functionConsumer('carriers/quote', route), callers: ['counter'] };
  const topology = {
    system: 'shop',
    destinations: [shopBus],
    services: [
      { name: 'carriers', constructId: 'Carriers', publishes: [] },
      { name: 'counter', constructId: 'Counter', publishes: [], calls },
      { name: 'stranger', constructId: 'Stranger', publishes: [] },
    ],
    consumers: [called, functionConsumer('stranger/spy', [busRoute('spy', { source: ['t'] })])],
  };
  const handler = answeringHandler(definition, reply, ({ payload }) => {
    seen.push(payload);
    return { cents: 390 };
  });
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({ 'carriers/quote': handler, 'stranger/spy': () => {} }),
  });
  const { quote } = createCalls<Calls>(
    {
      service: 'counter',
      calls: { quote: { event: asked, environmentVariable: 'QUOTE', ...(isReplying ? { reply } : {}) } },
    },
    { environment: system.environmentOf('counter'), clients: system.clients },
  );
  return { system, quote, seen };
}

test('a call that waits gets the answer of the function', async () => {
  const { quote, seen } = systemWith(true);
  expect(await quote({ grams: 500 })).toEqual({ cents: 390 });
  expect(seen).toEqual([{ grams: 500 }]);
});

test('a handoff is an event of its own, which the system accounts for', async () => {
  const { system, quote, seen } = systemWith(false);
  await quote({ grams: 500 });
  expect(seen).toEqual([]);
  await system.settle();
  expect(seen).toEqual([{ grams: 500 }]);
  expect(system.report().accounted).toMatchObject([{ verdicts: { 'carriers/quote': { kind: 'handled' } } }]);
});

test('a function without callers answers nobody who waits', async () => {
  const { system } = systemWith(true);
  const command = new InvokeCommand({ FunctionName: 'shop-stranger-spy', InvocationType: 'RequestResponse' });
  await expect(system.clients.lambda.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

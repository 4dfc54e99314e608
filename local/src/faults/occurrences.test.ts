import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { modulesOf, perRecord } from '../fixtures/handlers.ts';
import { busRoute, queueConsumer, shopBus, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';
import type { FaultOccurrence, FaultOptions } from './rates.ts';

const topology = topologyOf([shopBus], [queueConsumer('a/busQueue', [busRoute('busQueue', { source: ['s'] })])]);

function shop(handler: ReturnType<typeof perRecord>, options: FaultOptions) {
  const told: FaultOccurrence[] = [];
  const faults = { ...options, onFault: (fault: FaultOccurrence) => told.push(fault) };
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/busQueue': handler }), faults });
  const Entries = ['a', 'b'].map((id) => ({
    EventBusName: 'shop',
    Source: 's',
    DetailType: 'D',
    Detail: JSON.stringify({ id }),
  }));
  return { system, told, put: () => system.clients.eventBridge.send(new PutEventsCommand({ Entries })) };
}

test('every fault is told as it happens, with the request or the invocation that it happens to', async () => {
  const { system, told, put } = shop(
    perRecord(() => {}),
    {
      rates: { handlerCrashes: 1, deliveryDuplicated: 1 },
      outages: [{ service: 'events', afterSeconds: 60, forSeconds: 60 }],
    },
  );
  const { $metadata } = await put();
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  await system.advance(60_000);
  const error = await put().catch((thrown: unknown) => thrown);
  const invocation = system.journal.find(({ kind }) => kind === 'invoked');
  expect(told).toContainEqual({ kind: 'deliveryDuplicated', requestId: null, consumer: null });
  expect(told).toContainEqual({ kind: 'outage', requestId: Object(error).$metadata.requestId, consumer: null });
  const requestId = Object(invocation).requestId;
  expect(told).toContainEqual({ kind: 'handlerCrashes', requestId, consumer: 'a/busQueue' });
  expect(system.faults.outage).toBe(told.filter(({ kind }) => kind === 'outage').length);
});

test('of two instances of a function that get the same events, what one handles is done', async () => {
  const calls = new Map<string, number>();
  const failFirst = perRecord(({ body }) => {
    const { id } = JSON.parse(body).detail;
    calls.set(id, (calls.get(id) ?? 0) + 1);
    if (id === 'a' && calls.get(id) === 1) throw new Error('one of the two fails');
    if (id === 'b' && (calls.get(id) ?? 0) < 3) throw new Error('both fail');
  });
  const { system, put } = shop(failFirst, { rates: { handlerRunsTwice: 1 } });
  await put();
  await system.settle();
  expect(calls).toEqual(
    new Map([
      ['a', 2],
      ['b', 4],
    ]),
  );
  expect(system.report().consumers[0]).toMatchObject({ received: 2, handled: 2, deadLettered: 0 });
});

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { takeLetters } from '../fixtures/letters.ts';
import { busRoute, functionConsumer, shopBus, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';

function shop() {
  const payloads: unknown[] = [];
  const state = { isBroken: true };
  const handler = (payload: unknown) => {
    if (state.isBroken) throw new Error('broken');
    payloads.push(payload);
  };
  const topology = topologyOf([shopBus], [functionConsumer('a/b', [busRoute('b', { source: ['s'] })])]);
  const system = createLocalSystem({ topology, handlers: modulesOf({ 'a/b': handler }) });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const lambda = new LambdaClient({ region: 'us-east-1', credentials, requestHandler: system.requestHandler });
  const invoke = (FunctionName: string, Payload: string, InvocationType: 'Event' | 'RequestResponse' = 'Event') =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(Payload), InvocationType }));
  return { system, invoke, payloads, state };
}

test('what a function left on its dead-letter queue can be put back, and is the same event', async () => {
  const { system, invoke, payloads, state } = shop();
  const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{"a":1}' };
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  await system.settle();
  const [letter] = system.deadLetters('a/b');
  state.isBroken = false;

  const { requestPayload } = JSON.parse(letter?.body ?? '');
  const { StatusCode } = await invoke('shop-a-b', JSON.stringify(requestPayload));
  await system.settle();
  expect(StatusCode).toBe(202);
  expect(payloads).toEqual([requestPayload]);
  expect(system.report().accounted).toHaveLength(1);
  expect(system.report().consumers).toMatchObject([{ received: 2, handled: 1, deadLettered: 1, redriven: 0 }]);

  await takeLetters(system, 'https://sqs.us-east-1.amazonaws.com/000000000000/shop-a-b-dlq');
  expect(system.report().consumers).toMatchObject([{ received: 1, handled: 1, deadLettered: 0, redriven: 1 }]);
  expect(system.report().accounted[0]?.verdicts).toEqual({ 'a/b': { kind: 'handled' } });
});

test('an event that nobody published is accounted for from there on', async () => {
  const { system, invoke, state } = shop();
  state.isBroken = false;
  const envelope = { id: 'e-1', 'detail-type': 'D', source: 's', detail: {} };
  await invoke('arn:aws:lambda:us-east-1:000000000000:function:shop-a-b', JSON.stringify(envelope));
  await system.settle();
  expect(system.trace('e-1')?.verdicts).toEqual({ 'a/b': { kind: 'handled' } });
});

test('what Lambda would refuse is refused', async () => {
  const { invoke } = shop();
  await expect(invoke('none', '{}')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(invoke('shop-a-b', '{')).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  await expect(invoke('shop-a-b', '{}', 'RequestResponse')).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
});

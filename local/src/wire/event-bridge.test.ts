import { DescribeEventBusCommand, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { busRoute, functionConsumer, shopBus, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';

const good = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{}' };

function shop() {
  const events: { id: string; time: string; resources: string[] }[] = [];
  const topology = topologyOf([shopBus], [functionConsumer('a/f', [busRoute('f', { source: [{ prefix: '' }] })])]);
  const handlers = modulesOf({ 'a/f': (event: (typeof events)[number]) => events.push(event) });
  const system = createLocalSystem({ topology, handlers });
  const put = (...Entries: object[]) => system.clients.eventBridge.send(new PutEventsCommand({ Entries }));
  return { system, events, put };
}

test.each([
  ['no Source', { Source: '' }, 'InvalidArgument', /Source is a required argument/],
  ['no DetailType', { DetailType: undefined }, 'InvalidArgument', /DetailType is a required argument/],
  ['no Detail', { Detail: undefined }, 'InvalidArgument', /Detail is a required argument/],
  ['broken JSON', { Detail: '{' }, 'MalformedDetail', /malformed/],
  ['a list as detail', { Detail: '[]' }, 'MalformedDetail', /malformed/],
  ['null as detail', { Detail: 'null' }, 'MalformedDetail', /malformed/],
  ['a long DetailType', { DetailType: 'x'.repeat(129) }, 'InvalidArgument', /longer than 128/],
  ['a source of AWS', { Source: 'aws.shop' }, 'NotAuthorizedForSourceException', /Not authorized/],
])('an entry with %s fails alone, with its code', async (_, wrong, code, message) => {
  const { system, events, put } = shop();
  const answer = await put(good, { ...good, ...wrong }, good);
  await system.settle();
  expect(answer.FailedEntryCount).toBe(1);
  expect(answer.Entries).toEqual([
    { EventId: events[0]?.id },
    { ErrorCode: code, ErrorMessage: expect.stringMatching(message) },
    { EventId: events[1]?.id },
  ]);
});

test('a DetailType of 128 characters is accepted', async () => {
  const { put } = shop();
  expect((await put({ ...good, DetailType: 'x'.repeat(128) })).FailedEntryCount).toBe(0);
});

test.each([
  ['no entry', []],
  ['eleven entries', Array.from({ length: 11 }, () => good)],
  ['a long resource', [good, { ...good, Resources: ['x'.repeat(2_049)] }]],
  ['a long trace header', [good, { ...good, TraceHeader: 'x'.repeat(501) }]],
  ['an empty trace header', [good, { ...good, TraceHeader: '' }]],
  ['no complete entry', [{ ...good, Source: undefined }]],
  ['a megabyte', [{ ...good, Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) }]],
])('a request with %s is refused', async (_, entries) => {
  const { put } = shop();
  await expect(put(...entries)).rejects.toMatchObject({
    name: 'ValidationException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('time and resources of an entry are delivered, time in whole seconds', async () => {
  const { system, events, put } = shop();
  await put({ ...good, Time: new Date('2025-02-03T04:05:06.789Z'), Resources: ['arn:aws:x'] });
  await system.settle();
  expect(events).toMatchObject([{ time: '2025-02-03T04:05:06Z', resources: ['arn:aws:x'] }]);
});

test('an event for a bus that does not exist is accepted and reaches nobody, as on AWS', async () => {
  const { system, events, put } = shop();
  const answer = await put({ ...good, EventBusName: 'shpo' });
  await system.settle();
  expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  expect(events).toEqual([]);
  expect(system.journal).toMatchObject([{ kind: 'discarded', destination: 'shpo' }]);
});

test('a bus may be named by its ARN', async () => {
  const { system, events, put } = shop();
  const bus = await system.clients.eventBridge.send(new DescribeEventBusCommand({ Name: 'shop' }));
  expect(bus).toMatchObject({ Name: 'shop', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/shop' });
  await put({ ...good, EventBusName: bus.Arn });
  await system.settle();
  expect(events).toHaveLength(1);
});

test('describing an unknown bus gives the typed error', async () => {
  const { system } = shop();
  const call = system.clients.eventBridge.send(new DescribeEventBusCommand({ Name: 'x' }));
  await expect(call).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('an operation that is not there says so', async () => {
  const { system } = shop();
  const call = system.clients.eventBridge.send(new ListRulesCommand({}));
  await expect(call).rejects.toThrow(/local EventBridge has no operation ListRules/);
});

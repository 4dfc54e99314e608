import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { LocalSystem } from '@eventloom/local';
import { describe, expect, test } from 'vitest';
import { redriveIn, systemOf } from './support/redrive.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Clinic, version: 1.0.0 }
servers:
  lab: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  results:
    address: clinic.results
    servers: [{ $ref: '#/servers/lab' }]
    bindings: { sns: { name: lab-results } }
    messages: { ResultValidated: { payload: { type: object } } }
operations:
  fileResult: { action: receive, channel: { $ref: '#/channels/results' }, x-service: records }
  informPatient: { action: receive, channel: { $ref: '#/channels/results' }, x-service: portal, x-delivery: { type: function } }
`;

const keys = ['records/fileResult', 'portal/informPatient'];

/** A clinic with a result that the rule of its channel could not put on the topic. */
async function clinicWithResult() {
  const handled: string[] = [];
  const handlers = Object.fromEntries(keys.map((key) => [key, async () => ({ handler: () => handled.push(key) })]));
  const system = await systemOf(spec, { handlers, faults: { rates: { ruleDeliveryForbidden: 1 } } });
  const entry = { EventBusName: 'lab', Source: 'clinic.results', DetailType: 'ResultValidated', Detail: '{}' };
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  await system.settle();
  return { system, handled };
}

const standing = (system: LocalSystem) => keys.map((key) => system.deadLetters(key).length);
const queue = 'https://sqs.us-east-1.amazonaws.com/000000000000/lab-results-feed-dlq';

describe('what a rule could not put on the topic of its channel', () => {
  test.each(keys)('gets back to all consumers of the topic by a redrive of %s', async (consumer) => {
    const { system, handled } = await clinicWithResult();
    expect(standing(system)).toEqual([1, 1]);
    const dry = await redriveIn(system, { spec, consumer, options: { 'dry-run': '' } });
    expect(dry.json).toMatchObject({ messages: [{ kind: 'rule', code: 'NO_PERMISSIONS', outcome: 'wouldRedrive' }] });

    const { json, notes } = await redriveIn(system, { spec, consumer });
    await system.settle();
    expect(json).toMatchObject({ messages: [{ event: 'ResultValidated', outcome: 'redriven' }] });
    expect(notes).toContain('lab-results reaches all of its consumers');
    expect([standing(system), handled.sort()]).toEqual([[0, 0], [...keys].sort()]);
    const { accounted, consumers } = system.report();
    expect(accounted).toHaveLength(1);
    for (const row of consumers) expect(row).toMatchObject({ received: 1, handled: 1, deadLettered: 0, redriven: 1 });
  });

  test('is found by the name of its queue too', async () => {
    const { system, handled } = await clinicWithResult();
    const options = { 'dead-letter-queue-url': queue };
    const { json } = await redriveIn(system, { spec, consumer: 'records/fileResult', options });
    await system.settle();
    expect(json).toMatchObject({ queues: [{ target: { kind: 'topic' } }], messages: [{ outcome: 'redriven' }] });
    expect(handled.sort()).toEqual([...keys].sort());
  });
});

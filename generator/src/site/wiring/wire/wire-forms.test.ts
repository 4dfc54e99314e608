import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createLocalSystem, type LocalSystem } from '@eventloom/local';
import { functionHandler, queueHandler } from '@eventloom/runtime';
import { describe, expect, it } from 'vitest';
import { eventNamed, exampleOf, siteContextOf } from '../../../../../test/support/site-context-of.ts';
import type { SiteContext } from '../../site-context.ts';
import type { WireForm } from '../../site-model.ts';
import { describeEventWiring } from '../event-wiring.ts';
import { placeholders } from './placeholders.ts';

const channel = (name: string, more: string) =>
  `  ${name}: { address: inn.${name}, messages: { ${name}Done: { payload: { type: object, required: [room], properties: { room: { type: string }, nights: { type: integer } } }, headers: { type: object, properties: { room: { type: string }, nights: { type: integer } } } } }, ${more} }`;
const receive = (operation: string, of: string, delivery: string) =>
  `  ${operation}: { action: receive, channel: { $ref: '#/channels/${of}' }, x-service: inn, x-delivery: ${delivery} }`;

const spec = `
asyncapi: 3.0.0
info: { title: Inn, version: 1.0.0 }
servers: { inn: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
${channel('stays', '')}
${channel('fans', "servers: [{ $ref: '#/servers/inn' }], bindings: { sns: { name: inn-fans } }")}
${channel('rooms', 'bindings: { sns: { name: inn-rooms } }')}
${channel('moves', 'x-ordering: { key: /room }, bindings: { sns: { name: inn-moves.fifo, ordering: { type: FIFO } } }')}
${channel('jobs', 'x-fairness: { key: /room }, bindings: { sqs: { queue: { name: inn-jobs, fifoQueue: false } } }')}
operations:
${receive('queueStay', 'stays', '{ type: queue }')}
${receive('takeStay', 'stays', '{ type: function }')}
${receive('followStay', 'stays', '{ type: stream, kind: kinesis, partitionKey: /room }')}
${receive('keepStay', 'stays', '{ type: stream, kind: firehose }')}
${receive('logStay', 'stays', '{ type: log }')}
${receive('handStay', 'stays', '{ type: none }')}
${receive('mirrorStay', 'stays', '{ type: bus, busName: other }')}
${receive('runStay', 'stays', '{ type: workflow }')}
${receive('auditStay', 'stays', '{ type: workflow, input: event }')}
${receive('queueFan', 'fans', '{ type: queue }')}
${receive('takeFan', 'fans', '{ type: function }')}
${receive('callFan', 'fans', "{ type: http, url: 'https://inn.example/a' }")}
${receive('queueRoom', 'rooms', '{ type: queue }')}
${receive('takeRoom', 'rooms', '{ type: function }')}
${receive('mailRoom', 'rooms', '{ type: email, addresses: [a@inn.example] }')}
${receive('textRoom', 'rooms', "{ type: sms, numbers: ['+4915112345678'] }")}
${receive('callRoom', 'rooms', "{ type: http, url: 'https://inn.example/a' }")}
${receive('rawRoom', 'rooms', "{ type: http, url: 'https://inn.example/b', raw: true }")}
${receive('keepRoom', 'rooms', '{ type: stream, kind: firehose }')}
${receive('handRoom', 'rooms', '{ type: none }')}
${receive('queueMove', 'moves', '{ type: queue }')}
${receive('handMove', 'moves', '{ type: none }')}
${receive('doJob', 'jobs', '{ type: queue }')}
`;

// Its room is a message group, which has no space.
const payload = { room: 'blue`', nights: 2 };
const channels = ['stays', 'fans', 'rooms', 'moves', 'jobs'] as const;

function formsOf(context: SiteContext, of: (typeof channels)[number]): readonly WireForm[] {
  return describeEventWiring(context, eventNamed(context, `${of}Done`), [exampleOf(payload)]).wireForms;
}

/** What the forms say that a receiver gets, by operation. */
function formsByOperation(context: SiteContext): ReadonlyMap<string, WireForm> {
  const forms = channels.flatMap((of) => formsOf(context, of));
  return new Map(forms.flatMap((form) => form.consumers.map(({ text }): [string, WireForm] => [text, form])));
}

/** Publishes what the forms of the destinations say, and returns what each function was invoked with. */
async function played(context: SiteContext): Promise<{ system: LocalSystem; inputs: ReadonlyMap<string, unknown> }> {
  const { topology } = context;
  const inputs = new Map<string, unknown>();
  const handlers = Object.fromEntries(
    topology.consumers.map(({ key, consumer }) => [
      key,
      async () => ({ handler: async (input: unknown) => void inputs.set(consumer, input) }),
    ]),
  );
  const system = createLocalSystem({ topology, handlers });
  // The account of the local system is another one.
  const account = /:(\d{12}):/.exec(Object.values(system.environment).join())?.[1] ?? '';
  const own = (of: (typeof channels)[number]) =>
    JSON.parse((formsOf(context, of)[0]?.json ?? '').replaceAll(placeholders.account, account));
  const { eventBridge, sns, sqs } = system.clients;
  for (const of of ['stays', 'fans'] as const) {
    const { source, 'detail-type': type, detail } = own(of);
    const entry = { EventBusName: 'inn', Source: source, DetailType: type, Detail: JSON.stringify(detail) };
    await eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  }
  await sns.send(new PublishCommand(own('rooms')));
  await sns.send(new PublishCommand(own('moves')));
  await sqs.send(new SendMessageCommand(own('jobs')));
  await system.settle();
  return { system, inputs };
}

/** Fields whose values AWS makes up; digests follow from the ids in what they are of. */
const madeUp = new Set([
  ...['id', 'time', 'messageId', 'receiptHandle', 'SentTimestamp', 'SenderId', 'ApproximateFirstReceiveTimestamp'],
  ...['SequenceNumber', 'Timestamp', 'MessageId', 'ReceiptHandle', 'EventSubscriptionArn', 'UnsubscribeUrl'],
  ...['UnsubscribeURL', 'SigningCertUrl', 'SigningCertURL', 'eventSourceARN'],
]);

/** A form with what is made up blotted out, texts of JSON as JSON; its fields in their order. */
function blotted(value: unknown): string {
  const texts = new Set(['body', 'Body', 'Message', 'Data']);
  const isEnvelope = (text: string) => text.startsWith('{"version"');
  const look = (key: string, one: unknown): unknown => {
    if (madeUp.has(key) && typeof one === 'string') return key;
    if (/^md5Of|^MD5Of/.test(key) && isEnvelopeIn(value, isEnvelope)) return key;
    return texts.has(key) && typeof one === 'string' && isEnvelope(one) ? JSON.parse(one) : one;
  };
  return JSON.stringify(value, look).replace(/\b\d{12}\b/g, 'account');
}

function isEnvelopeIn(value: unknown, isEnvelope: (text: string) => boolean): boolean {
  const { Records, Body } = Object(value) as { Records?: readonly { body?: string }[]; Body?: string };
  return isEnvelope(Records?.[0]?.body ?? Body ?? '');
}

describe('the forms of events on the wire', () => {
  it('are what functions get from the local system, field by field', async () => {
    const context = await siteContextOf(spec);
    const { inputs } = await played(context);
    const forms = formsByOperation(context);
    const names = ['queueStay', 'takeStay', 'queueFan', 'takeFan', 'queueRoom', 'takeRoom', 'queueMove', 'doJob'];
    expect([...inputs.keys()].sort()).toEqual([...names].sort());
    for (const name of names) {
      expect(blotted(JSON.parse(forms.get(name)?.json ?? 'null')), name).toBe(blotted(inputs.get(name)));
    }
  });

  it('are what targets without a handler get', async () => {
    const context = await siteContextOf(spec);
    const { system } = await played(context);
    const forms = formsByOperation(context);
    const bodies = ['keepStay', 'logStay', 'mirrorStay', 'runStay', 'auditStay', 'callFan'];
    for (const name of [...bodies, 'mailRoom', 'textRoom', 'callRoom', 'rawRoom', 'keepRoom']) {
      const [reception] = system.received(`inn/${name}`);
      expect(blotted(JSON.parse(forms.get(name)?.json ?? 'null')), name).toBe(blotted(reception?.content));
    }
    const record = JSON.parse(forms.get('followStay')?.json ?? 'null');
    const [written] = system.received('inn/followStay');
    expect(record.PartitionKey).toBe(written?.partitionKey);
    expect(blotted(JSON.parse(record.Data))).toBe(blotted(written?.content));
  });

  it('are what a client receives from a queue without a function', async () => {
    const context = await siteContextOf(spec);
    const { system } = await played(context);
    const forms = formsByOperation(context);
    for (const name of ['handStay', 'handRoom', 'handMove']) {
      const QueueUrl = system.queueUrl(`inn/${name}`);
      const { Messages } = await system.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
      );
      const { $metadata: _, ...message } = Object(Messages?.[0]);
      expect(sorted(blotted(JSON.parse(forms.get(name)?.json ?? 'null'))), name).toEqual(sorted(blotted(message)));
    }
  });

  it('are handled by the runtime', async () => {
    const context = await siteContextOf(spec);
    const forms = formsByOperation(context);
    for (const { key, service, consumer, routes, delivery } of context.topology.consumers) {
      const got: unknown[] = [];
      const validate = Object.assign((value: unknown): value is unknown => value !== null, {});
      const definition = {
        ...{ key, service, consumer, fifo: delivery.type === 'queue' && delivery.fifo, emits: [] },
        routes: routes.map(({ kind }) => kind),
        receives: routes.flatMap(({ events }) => events.map((event) => ({ ...event, validate }))),
      };
      const make = delivery.type === 'queue' ? queueHandler : functionHandler;
      const handler = make(definition, (event: { readonly payload: unknown }) => void got.push(event.payload));
      const answer = await handler(JSON.parse(forms.get(consumer)?.json ?? 'null'), {});
      expect(got, consumer).toEqual([payload]);
      if (delivery.type === 'queue') expect(answer).toEqual({ batchItemFailures: [] });
    }
  });

  it('stand once for all who get the same, with anchors that are unique on the page', async () => {
    const context = await siteContextOf(spec);
    for (const of of channels) {
      const forms = formsOf(context, of);
      expect(new Set(forms.map(({ anchor }) => anchor)).size).toBe(forms.length);
      expect(forms.map(({ anchor }) => anchor).join()).toMatch(/^[\w.,-]+$/);
    }
  });

  it('are none without an example', async () => {
    const context = await siteContextOf(spec);
    expect(describeEventWiring(context, eventNamed(context, 'jobsDone'), []).wireForms).toEqual([]);
  });
});

/** ReceiveMessage is a mapping without an order of its own. */
function sorted(json: string): unknown {
  return JSON.parse(json);
}

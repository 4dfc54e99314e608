import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type AwsClients, invocationKey } from '@eventloom/runtime';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { busRoute, functionConsumer, onBus, queue, shopBus, topic, topologyOf } from '../fixtures/topology.ts';
import type { LocalLambdaContext } from '../handlers.ts';
import { createLocalSystem } from '../system.ts';

type Invocation = NonNullable<LocalLambdaContext[typeof invocationKey]>;

/** Runs `work` as the handler of a consumer that emits Paid of shop.payments and to topic and queue `mine`. */
async function asHandler(work: (invocation: Invocation) => Promise<unknown>) {
  const emits = [
    onBus('Paid', 'shop.payments'),
    { name: 'T', source: 't', destination: 'topic:mine' },
    { name: 'Q', source: 'q', destination: 'queue:mine' },
  ];
  const topology = topologyOf(
    [shopBus, topic('mine'), topic('other'), queue('mine'), queue('other')],
    [functionConsumer('payments/charge', [busRoute('charge', { source: ['shop.orders'] })], { emits })],
  );
  let outcome: unknown;
  const system = createLocalSystem({
    topology,
    handlers: modulesOf({
      'payments/charge': async (_: unknown, context: LocalLambdaContext) => {
        const invocation = context[invocationKey];
        if (invocation === undefined) throw new Error('no invocation');
        outcome = await work(invocation).catch((error: unknown) => error);
      },
    }),
  });
  await system.clients.eventBridge.send(putEvents('OrderPlaced', 'shop.orders'));
  await system.settle();
  return { system, outcome };
}

const putEvents = (DetailType: string, Source: string, EventBusName = 'shop') =>
  new PutEventsCommand({ Entries: [{ EventBusName, Source, DetailType, Detail: '{}' }] });

const bridge = ({ clients }: Invocation) => clients.eventBridge as NonNullable<AwsClients['eventBridge']>;

test('a handler may publish what its consumer emits', async () => {
  const { outcome } = await asHandler((invocation) => bridge(invocation).send(putEvents('Paid', 'shop.payments')));
  expect(outcome).toMatchObject({ FailedEntryCount: 0 });
});

test.each([
  ['another event', 'Declined', 'shop.payments', 'shop'],
  ['the event from another source', 'Paid', 'shop.orders', 'shop'],
  ['the event on another bus', 'Paid', 'shop.payments', 'default'],
])('publishing %s is denied, as by the role', async (_, name, source, bus) => {
  const { outcome, system } = await asHandler((invocation) => bridge(invocation).send(putEvents(name, source, bus)));
  expect(outcome).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: events:PutEvents on resource: arn:aws:events:'),
    $metadata: { attempts: 1 },
  });
  expect(system.journal).toContainEqual(
    expect.objectContaining({ kind: 'denied', consumer: 'payments/charge', action: 'events:PutEvents' }),
  );
  expect(system.report().events).toMatchObject([{ name: 'OrderPlaced' }]);
});

test('one forbidden entry refuses the whole request', async () => {
  const Entries = [
    { EventBusName: 'shop', Source: 'shop.payments', DetailType: 'Paid', Detail: '{}' },
    { EventBusName: 'shop', Source: 'shop.payments', DetailType: 'Declined', Detail: '{}' },
  ];
  const { outcome, system } = await asHandler((invocation) =>
    bridge(invocation).send(new PutEventsCommand({ Entries })),
  );
  expect(outcome).toMatchObject({ name: 'AccessDeniedException' });
  expect(system.report().accounted).toHaveLength(1);
});

test('topics and queues are open to those that emit to them', async () => {
  const { outcome } = await asHandler(async ({ clients, environment }) => {
    const answers = [
      clients.sns?.send(new PublishCommand({ TopicArn: environment.EVENTLOOM_TOPIC_MINE, Message: 'm' })),
      clients.sqs?.send(new SendMessageCommand({ QueueUrl: environment.EVENTLOOM_QUEUE_MINE, MessageBody: 'm' })),
    ];
    return Promise.all(answers);
  });
  expect(outcome).toMatchObject([{ MessageId: expect.any(String) }, { MessageId: expect.any(String) }]);
});

test('other topics and queues are closed, and so is receiving', async () => {
  const account = '000000000000';
  const { outcome } = await asHandler(async ({ clients, environment }) => {
    const sqs = clients.sqs as SQSClient;
    const QueueUrl = environment.EVENTLOOM_QUEUE_MINE;
    const answers = await Promise.allSettled([
      clients.sns?.send(new PublishCommand({ TopicArn: `arn:aws:sns:us-east-1:${account}:other`, Message: 'm' })),
      sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl?.replace('mine', 'other'), MessageBody: 'm' })),
      sqs.send(new ReceiveMessageCommand({ QueueUrl })),
    ]);
    return answers.map((answer) => (answer.status === 'rejected' ? answer.reason.name : 'allowed'));
  });
  expect(outcome).toEqual(['AuthorizationErrorException', 'AccessDenied', 'AccessDenied']);
});

test('the environment of a function names what it may publish to, and nothing else', async () => {
  const { outcome, system } = await asHandler(async ({ environment }) => environment);
  const sqs = 'https://sqs.us-east-1.amazonaws.com/000000000000';
  expect(outcome).toEqual({
    EVENTLOOM_BUS_SHOP: 'shop',
    EVENTLOOM_TOPIC_MINE: 'arn:aws:sns:us-east-1:000000000000:mine',
    EVENTLOOM_QUEUE_MINE: `${sqs}/mine`,
    EVENTLOOM_DEAD_LETTER_QUEUE_URL: `${sqs}/shop-payments-charge-dlq`,
  });
  expect(Object.keys(system.environment)).toEqual([
    'EVENTLOOM_BUS_SHOP',
    'EVENTLOOM_TOPIC_MINE',
    'EVENTLOOM_TOPIC_OTHER',
    'EVENTLOOM_QUEUE_MINE',
    'EVENTLOOM_QUEUE_OTHER',
  ]);
});

test('what is published after the handler has returned is refused', async () => {
  let late: Promise<unknown> = Promise.resolve();
  const { system } = await asHandler(async (invocation) => {
    late = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
      bridge(invocation).send(putEvents('Paid', 'shop.payments')),
    );
    late.catch(() => {});
  });
  await expect(late).rejects.toThrow(/invocation of payments\/charge had ended: await it/);
  expect(system.report().accounted).toHaveLength(1);
});

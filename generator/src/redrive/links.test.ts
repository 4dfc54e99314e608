import type { Consumer, Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import type { Queues } from './aws.ts';
import { findLinks, type GivenAddresses } from './links.ts';

const base = 'https://sqs.eu-west-1.amazonaws.com/111122223333/';
const nothingGiven: GivenAddresses = {
  deadLetterQueueUrl: null,
  queueUrl: null,
  functionName: null,
  environment: null,
};

type Kinds = readonly (string | { readonly kind: string; readonly queue: string; readonly event: string })[];

const consumerWith = (type: 'queue' | 'function', kinds: Kinds): Consumer =>
  ({
    key: 'fraud/screen',
    service: 'fraud',
    consumer: 'screen',
    constructId: 'Screen',
    handler: 'fraud/screen',
    delivery: { type },
    routes: kinds.map((one) => {
      const { kind, queue, event } = typeof one === 'string' ? { kind: one, queue: 'work', event: 'Done' } : one;
      return { kind, queue: `queue:${queue}`, topic: 'topic:results', events: [{ name: event, source: queue }] };
    }),
  }) as unknown as Consumer;

interface Account {
  readonly queues: readonly string[];
  readonly sources?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

async function linksIn(account: Account, consumer: Consumer, given: Partial<GivenAddresses> = {}) {
  const queues = {
    list: async (prefix: string) => account.queues.filter((name) => name.startsWith(prefix)).map((name) => base + name),
    sourcesOf: async () => account.sources ?? [],
  } as Partial<Queues> as Queues;
  const listed = { name: 'f', handler: 'fraud/screen.handler', environment: account.environment ?? {} };
  const destinations = [
    { key: 'queue:work', name: 'work.fifo' },
    { key: 'queue:arrivals', name: 'arrivals' },
    { key: 'queue:returns', name: 'returns' },
    { key: 'topic:results', name: 'lab-results', constructId: 'Results' },
  ];
  const topology = { system: 'shop', destinations } as unknown as Topology;
  const functions = async () => ({ list: async () => [listed], invoke: async () => {} });
  return findLinks({ topology, consumer, given: { ...nothingGiven, ...given }, queues, functions });
}

const deployed = [
  'shop-fraud-ScreenDeadLetterQueue0A1B2C3D-abcDEF123456',
  'shop-fraud-ScreenQueueDEADBEEF-abcDEF123456',
  'shop-fraud-ScreenQueueDeadLetterQueue0A1B2C3D-abcDEF123456',
  'dev-shop-fraud-ScreenQueueDEADBEEF-zzz',
];

test('a consumer finds the queues that CloudFormation named, and those of no other', async () => {
  expect(await linksIn({ queues: deployed }, consumerWith('queue', ['eventbridge']))).toEqual([
    { deadLetterQueueUrl: base + deployed[0], target: { kind: 'queue', url: base + deployed[1] } },
  ]);
});

test('a queue with another name is found as the source of the dead-letter queue, which the function knows', async () => {
  const account = { queues: [], sources: ['own'], environment: { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'dead' } };
  expect(await linksIn(account, consumerWith('queue', ['sns']))).toEqual([
    { deadLetterQueueUrl: 'dead', target: { kind: 'queue', url: 'own' } },
  ]);
});

test('a function is found by its handler', async () => {
  expect(await linksIn({ queues: deployed }, consumerWith('function', ['eventbridge']))).toEqual([
    { deadLetterQueueUrl: base + deployed[0], target: { kind: 'function', name: 'f' } },
  ]);
});

test('who reads only a channel has the dead-letter queue of the channel, in its environment', async () => {
  const queues = ['dev-work.fifo', 'dev-work-dead-letters.fifo'];
  expect(await linksIn({ queues }, consumerWith('queue', ['sqs']), { environment: 'dev' })).toEqual([
    { deadLetterQueueUrl: `${base}dev-work-dead-letters.fifo`, target: { kind: 'queue', url: `${base}dev-work.fifo` } },
  ]);
});

test('who reads a channel beside a bus has two dead-letter queues', async () => {
  const queues = [...deployed, 'work.fifo', 'work-dead-letters.fifo'];
  const links = await linksIn({ queues }, consumerWith('queue', ['eventbridge', 'sqs']));
  expect(links.map(({ deadLetterQueueUrl }) => deadLetterQueueUrl)).toEqual([
    base + deployed[0],
    `${base}work-dead-letters.fifo`,
  ]);
});

describe('who reads the queues of several channels', () => {
  const routes: Kinds = [
    { kind: 'sqs', queue: 'arrivals', event: 'ParcelArrived' },
    { kind: 'sqs', queue: 'returns', event: 'ParcelReturned' },
  ];
  const both = [
    { url: `${base}arrivals`, events: ['ParcelArrived'] },
    { url: `${base}returns`, events: ['ParcelReturned'] },
  ];
  const names = ['arrivals', 'returns'].flatMap((name) => [name, `${name}-dead-letters`]);
  const queues = [deployed[0] ?? '', ...names];

  test('has one dead-letter queue for both, whose events go back to the queue that carries them', async () => {
    expect(await linksIn({ queues }, consumerWith('queue', routes))).toEqual([
      { deadLetterQueueUrl: base + deployed[0], target: { kind: 'channels', queues: both, otherwise: null } },
      { deadLetterQueueUrl: `${base}arrivals-dead-letters`, target: { kind: 'queue', url: `${base}arrivals` } },
      { deadLetterQueueUrl: `${base}returns-dead-letters`, target: { kind: 'queue', url: `${base}returns` } },
    ]);
  });

  test('keeps the queue of each channel when the caller names one for what could belong to both', async () => {
    const links = await linksIn({ queues }, consumerWith('queue', routes), { queueUrl: 'mine' });
    expect(links.map(({ target }) => target)).toEqual([
      { kind: 'channels', queues: both, otherwise: 'mine' },
      { kind: 'queue', url: `${base}arrivals` },
      { kind: 'queue', url: `${base}returns` },
    ]);
  });

  test('is looked up behind a dead-letter queue that the caller names', async () => {
    const consumer = consumerWith('queue', routes);
    expect(await linksIn({ queues }, consumer, { deadLetterQueueUrl: 'd' })).toEqual([
      { deadLetterQueueUrl: 'd', target: { kind: 'channels', queues: both, otherwise: null } },
    ]);
    expect(await linksIn({ queues, sources: ['own'] }, consumer, { deadLetterQueueUrl: 'd' })).toEqual([
      { deadLetterQueueUrl: 'd', target: { kind: 'queue', url: 'own' } },
    ]);
  });
});

describe('who subscribes to a topic that a rule feeds', () => {
  const consumer = consumerWith('queue', ['eventbridge-sns']);
  const feed = 'dev-shop-ResultsDeadLetterQueue0A1B2C3D-abcDEF123456';
  const own = deployed.map((name) => `dev-${name}`);
  const target = { kind: 'topic', name: 'dev-lab-results' };

  test('has the dead-letter queue of the rule too, whose events go back to the topic', async () => {
    expect(await linksIn({ queues: [...own, feed] }, consumer, { environment: 'dev' })).toEqual([
      { deadLetterQueueUrl: base + own[0], target: { kind: 'queue', url: base + own[1] } },
      { deadLetterQueueUrl: base + feed, target },
    ]);
  });

  test('may name either', async () => {
    const given = { environment: 'dev', deadLetterQueueUrl: base + feed };
    expect(await linksIn({ queues: [] }, consumer, given)).toEqual([{ deadLetterQueueUrl: base + feed, target }]);
    const rest = { environment: 'dev', deadLetterQueueUrl: 'own', queueUrl: 'q' };
    expect(await linksIn({ queues: [] }, consumer, rest)).toEqual([
      { deadLetterQueueUrl: 'own', target: { kind: 'queue', url: 'q' } },
    ]);
  });

  test('is told which of the two was not found', async () => {
    await expect(linksIn({ queues: own }, consumer, { environment: 'dev' })).rejects.toMatchObject({
      code: 'redrive-target',
      message: expect.stringContaining('the rule that feeds topic dev-lab-results'),
    });
  });
});

test('what the caller names is not looked up', async () => {
  const given = { deadLetterQueueUrl: 'd', queueUrl: 'q' };
  expect(await linksIn({ queues: [] }, consumerWith('queue', ['eventbridge']), given)).toEqual([
    { deadLetterQueueUrl: 'd', target: { kind: 'queue', url: 'q' } },
  ]);
});

test('what is not found is said with the option that names it', async () => {
  await expect(linksIn({ queues: [] }, consumerWith('queue', ['eventbridge']))).rejects.toMatchObject({
    code: 'redrive-target',
    help: expect.stringContaining('--dead-letter-queue-url'),
  });
});

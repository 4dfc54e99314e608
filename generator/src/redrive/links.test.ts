import type { Consumer, Topology } from '@eventloom/engine';
import { expect, test } from 'vitest';
import type { Queues } from './aws.ts';
import { findLinks, type GivenAddresses } from './links.ts';

const base = 'https://sqs.eu-west-1.amazonaws.com/111122223333/';
const nothingGiven: GivenAddresses = {
  deadLetterQueueUrl: null,
  queueUrl: null,
  functionName: null,
  environment: null,
};

const consumerWith = (type: 'queue' | 'function', kinds: readonly string[]): Consumer =>
  ({
    key: 'fraud/screen',
    service: 'fraud',
    consumer: 'screen',
    constructId: 'Screen',
    handler: 'fraud/screen',
    delivery: { type },
    routes: kinds.map((kind) => ({ kind, queue: 'queue:work' })),
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
  const topology = { system: 'shop', destinations: [{ key: 'queue:work', name: 'work.fifo' }] } as unknown as Topology;
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

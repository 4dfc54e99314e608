import { type Consumer, deadLetterQueueVariable, queueVariable, type Topology } from '@eventloom/engine';
import { UsageError } from '../usage-error.ts';
import type { Functions, ListedFunction, Queues } from './aws.ts';
import { nameOf, type Target, type TopicTarget } from './target.ts';

/** A dead-letter queue, and where its messages go back to. */
export interface Link {
  readonly deadLetterQueueUrl: string;
  readonly target: Target;
}

/** What the caller says about where things are; null is looked up. */
export interface GivenAddresses {
  readonly deadLetterQueueUrl: string | null;
  readonly queueUrl: string | null;
  readonly functionName: string | null;
  /** The `environment` that the system was deployed with, which starts the names of its stacks and queues. */
  readonly environment: string | null;
}

/** Where to look, and for what. */
export interface Search {
  readonly topology: Topology;
  readonly consumer: Consumer;
  readonly given: GivenAddresses;
  readonly queues: Queues;
  /** Made when first needed: to redrive a queue takes no right to list functions. */
  readonly functions: () => Promise<Functions>;
}

/**
 * Finds every dead-letter queue of a consumer with the way back from it: its own, that of each channel's queue it
 * reads, and that of each rule that feeds a topic it subscribes to. Names are those of `@eventloom/cdk` and
 * `@eventloom/local`.
 * @throws {UsageError} `redrive-target` when something is not found, naming the option that tells it.
 */
export async function findLinks(search: Search): Promise<readonly Link[]> {
  const { consumer, given } = search;
  if (given.deadLetterQueueUrl !== null) return [await givenLink(search, given.deadLetterQueueUrl)];
  const shared = [...(await channelLinks(search)), ...(await feedLinks(search))];
  const hasOwn = consumer.routes.length > 1 || !readsOnlyChannels(consumer);
  return hasOwn ? [await ownLink(search, await findDeadLetterQueue(search)), ...shared] : shared;
}

async function givenLink(search: Search, deadLetterQueueUrl: string): Promise<Link> {
  const feed = feedsOf(search).find(({ isDeadLetterQueue }) => isDeadLetterQueue(nameOf(deadLetterQueueUrl)));
  return feed === undefined ? ownLink(search, deadLetterQueueUrl) : { deadLetterQueueUrl, target: feed.target };
}

async function ownLink(search: Search, deadLetterQueueUrl: string): Promise<Link> {
  const { consumer, given } = search;
  if (consumer.delivery.type === 'queue')
    return { deadLetterQueueUrl, target: await ownTarget(search, deadLetterQueueUrl) };
  const name = given.functionName ?? (await findFunction(search))?.name;
  if (name === undefined) throw notFound(search, 'function', '--function-name');
  return { deadLetterQueueUrl, target: { kind: 'function', name } };
}

/** A consumer that reads nothing but channels' queues has none of its own: its events go back to where they came from. */
async function ownTarget(search: Search, deadLetterQueueUrl: string): Promise<Target> {
  const { consumer, given } = search;
  const isGiven = given.deadLetterQueueUrl !== null || !readsOnlyChannels(consumer);
  const url = (isGiven ? given.queueUrl : null) ?? (await findQueue(search, deadLetterQueueUrl));
  if (url !== undefined) return { kind: 'queue', url };
  const channels = await findChannels(search);
  const queues = channels.flatMap(({ url, events }) => (url === undefined ? [] : [{ url, events }]));
  if (queues.length === 0 || queues.length < channels.length) throw notFound(search, 'queue', '--queue-url');
  return { kind: 'channels', queues, otherwise: given.queueUrl };
}

async function findDeadLetterQueue(search: Search): Promise<string> {
  const found =
    (await queueByName(search, 'DeadLetterQueue', '-dlq')) ??
    (await findFunction(search))?.environment[deadLetterQueueVariable];
  if (found === undefined) throw notFound(search, 'dead-letter queue', '--dead-letter-queue-url');
  return found;
}

async function findQueue(search: Search, deadLetterQueueUrl: string): Promise<string | undefined> {
  const isNamed = !readsOnlyChannels(search.consumer);
  const byName = isNamed ? await queueByName(search, 'Queue', '') : undefined;
  if (byName !== undefined) return byName;
  const [source, ...others] = await search.queues.sourcesOf(deadLetterQueueUrl).catch(() => []);
  if (source !== undefined && others.length === 0) return source;
  return isNamed ? (await findFunction(search))?.environment[queueVariable] : undefined;
}

async function queueByName(search: Search, constructId: string, localSuffix: string): Promise<string | undefined> {
  const { consumer, topology, queues } = search;
  const stack = stackOf(search);
  const deployed = deployedName(stack, consumer.constructId + constructId);
  const local = `${topology.system}-${consumer.service}-${consumer.consumer}${localSuffix}`;
  const urls = await queues.list(`${stack}-`);
  const found = urls.filter((url) => {
    const name = nameOf(url);
    return deployed.test(name) || name === local || name === `${local}.fifo`;
  });
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The names that CloudFormation gives: `<stack>-<logical id>-<letters>`. The logical id is the path of construct ids
 * and eight hexadecimal digits.
 */
const deployedName = (stack: string, path: string): RegExp =>
  new RegExp(`^${escaped(`${stack}-${path}`)}[0-9A-F]{8}-\\w+(\\.fifo)?$`);

async function findFunction(search: Search): Promise<ListedFunction | undefined> {
  const { consumer } = search;
  const functions = await (await search.functions()).list(`${stackOf(search)}-`);
  const found = functions.filter(({ handler }) => handler === `${consumer.handler}.handler`);
  return found.length === 1 ? found[0] : undefined;
}

/** The queue of a channel, as far as it was found. */
interface Channel {
  readonly url: string | undefined;
  readonly deadLetterQueueUrl: string | undefined;
  /** Names of the events that the consumer takes from it. */
  readonly events: readonly string[];
}

async function channelLinks(search: Search): Promise<readonly Link[]> {
  const channels = await findChannels(search);
  // Of several queues, the caller cannot have named them all.
  const givenUrl = channels.length === 1 ? search.given.queueUrl : null;
  return channels.map(({ deadLetterQueueUrl, url = givenUrl }) => {
    if (deadLetterQueueUrl === undefined) throw notFound(search, 'dead-letter queue', '--dead-letter-queue-url');
    if (url === null) throw notFound(search, 'queue', '--queue-url');
    return { deadLetterQueueUrl, target: { kind: 'queue', url: givenUrl ?? url } };
  });
}

/** Channels' queues have physical names. */
async function findChannels({ topology, consumer, given, queues }: Search): Promise<readonly Channel[]> {
  const found: Channel[] = [];
  for (const route of consumer.routes) {
    if (route.kind !== 'sqs') continue;
    const destination = topology.destinations.find(({ key }) => key === route.queue);
    const name = prefixed(given.environment, destination?.name ?? '');
    const urls = await queues.list(name.replace(/\.fifo$/, ''));
    const urlOf = (wanted: string): string | undefined => urls.find((url) => nameOf(url) === wanted);
    found.push({
      url: urlOf(name),
      deadLetterQueueUrl: urlOf(withSuffix(name, '-dead-letters')) ?? urlOf(withSuffix(name, '-dlq')),
      events: route.events.map((event) => event.name),
    });
  }
  return found;
}

const readsOnlyChannels = ({ routes }: Consumer): boolean => routes.every(({ kind }) => kind === 'sqs');

/** A rule that feeds a topic, and by which name its dead-letter queue is known. */
interface Feed {
  readonly target: TopicTarget;
  readonly isDeadLetterQueue: (name: string) => boolean;
}

function feedsOf({ topology, consumer, given }: Search): readonly Feed[] {
  return consumer.routes.flatMap((route) => {
    const topic = topology.destinations.find(({ key }) => route.kind === 'eventbridge-sns' && key === route.topic);
    if (topic === undefined) return [];
    const name = prefixed(given.environment, topic.name);
    const deployed = deployedName(coreStackOf({ topology, given }), `${topic.constructId}DeadLetterQueue`);
    const isDeadLetterQueue = (queue: string) => deployed.test(queue) || queue === `${topic.name}-feed-dlq`;
    return [{ target: { kind: 'topic', name }, isDeadLetterQueue }];
  });
}

async function feedLinks(search: Search): Promise<readonly Link[]> {
  const links: Link[] = [];
  for (const { target, isDeadLetterQueue } of feedsOf(search)) {
    const urls = [
      ...(await search.queues.list(`${coreStackOf(search)}-`)),
      ...(await search.queues.list(`${target.name}-feed-dlq`)),
    ];
    const deadLetterQueueUrl = urls.find((url) => isDeadLetterQueue(nameOf(url)));
    if (deadLetterQueueUrl === undefined) {
      const what = `dead-letter queue of the rule that feeds topic ${target.name}`;
      throw notFound(search, what, '--dead-letter-queue-url');
    }
    links.push({ deadLetterQueueUrl, target });
  }
  return links;
}

const coreStackOf = ({ topology, given }: Pick<Search, 'topology' | 'given'>): string =>
  prefixed(given.environment, topology.system);

function stackOf({ topology, consumer, given }: Search): string {
  return prefixed(given.environment, `${topology.system}-${consumer.service}`);
}

const prefixed = (environment: string | null, name: string): string =>
  environment === null ? name : `${environment}-${name}`;

const withSuffix = (name: string, suffix: string): string => name.replace(/(\.fifo)?$/, `${suffix}$1`);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|-]/g, '\\$&');

function notFound({ consumer }: Search, what: string, option: string): UsageError {
  return new UsageError(
    'redrive-target',
    `For ${consumer.key}, the ${what} was not found in this account and Region.`,
    {
      help: `Name it with ${option}, or say with --environment how the system was deployed.`,
    },
  );
}

import { type Consumer, deadLetterQueueVariable, queueVariable, type Topology } from '@eventloom/engine';
import { UsageError } from '../usage-error.ts';
import type { Functions, ListedFunction, Queues } from './aws.ts';
import { nameOf, type Target } from './target.ts';

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
 * Finds every dead-letter queue of a consumer with the way back from it: its own, and that of each channel's queue it
 * reads. Names are those of `@eventloom/cdk` and `@eventloom/local`.
 * @throws {UsageError} `redrive-target` when something is not found, naming the option that tells it.
 */
export async function findLinks(search: Search): Promise<readonly Link[]> {
  const { consumer, given } = search;
  if (given.deadLetterQueueUrl !== null) return [await ownLink(search, given.deadLetterQueueUrl)];
  const channels = await channelLinks(search);
  const hasOwn = consumer.routes.length > 1 || !readsOnlyChannels(consumer);
  return hasOwn ? [await ownLink(search, await findDeadLetterQueue(search)), ...channels] : channels;
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

/**
 * The names that CloudFormation gives: `<stack>-<logical id>-<letters>`. The logical id is the path of construct ids
 * and eight hexadecimal digits.
 */
async function queueByName(search: Search, constructId: string, localSuffix: string): Promise<string | undefined> {
  const { consumer, topology, queues } = search;
  const stack = stackOf(search);
  const deployed = new RegExp(
    `^${escaped(`${stack}-${consumer.constructId}${constructId}`)}[0-9A-F]{8}-\\w+(\\.fifo)?$`,
  );
  const local = `${topology.system}-${consumer.service}-${consumer.consumer}${localSuffix}`;
  const urls = await queues.list(`${stack}-`);
  const found = urls.filter((url) => {
    const name = nameOf(url);
    return deployed.test(name) || name === local || name === `${local}.fifo`;
  });
  return found.length === 1 ? found[0] : undefined;
}

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

function stackOf({ topology, consumer, given }: Search): string {
  return prefixed(given.environment, `${topology.system}-${consumer.service}`);
}

const prefixed = (environment: string | null, name: string): string =>
  environment === null ? name : `${environment}-${name}`;

const withSuffix = (name: string, suffix: string): string => name.replace(/(\.fifo)?$/, `${suffix}$1`);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|-]/g, '\\$&');

function notFound({ consumer }: Search, what: string, option: string): UsageError {
  return new UsageError('redrive-target', `The ${what} of ${consumer.key} was not found in this account and Region.`, {
    help: `Name it with ${option}, or say with --environment how the system was deployed.`,
  });
}

import { type Consumer, deadLetterQueueVariable, queueVariable, type Topology } from '@eventloom/engine';
import { UsageError } from '../usage-error.ts';
import type { Functions, ListedFunction, Queues } from './aws.ts';

/** A dead-letter queue, and where its messages go back to. */
export interface Link {
  readonly deadLetterQueueUrl: string;
  readonly target:
    | { readonly kind: 'queue'; readonly url: string }
    | { readonly kind: 'function'; readonly name: string };
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
  const channels = given.deadLetterQueueUrl === null ? await channelLinks(search) : [];
  const ownNeeded = consumer.routes.length > 1 || consumer.routes.every(({ kind }) => kind !== 'sqs');
  return ownNeeded || given.deadLetterQueueUrl !== null ? [await ownLink(search, channels), ...channels] : channels;
}

async function ownLink(search: Search, channels: readonly Link[]): Promise<Link> {
  const { consumer, given } = search;
  const deadLetterQueueUrl = given.deadLetterQueueUrl ?? (await findDeadLetterQueue(search));
  if (consumer.delivery.type === 'function') {
    const name = given.functionName ?? (await findFunction(search))?.name;
    if (name === undefined) throw notFound(search, 'function', '--function-name');
    return { deadLetterQueueUrl, target: { kind: 'function', name } };
  }
  const url = given.queueUrl ?? (await findQueue(search, deadLetterQueueUrl));
  // A consumer that reads nothing but channels' queues has none of its own.
  const target = url === undefined ? channels[0]?.target : ({ kind: 'queue', url } as const);
  if (target === undefined) throw notFound(search, 'queue', '--queue-url');
  return { deadLetterQueueUrl, target };
}

async function findDeadLetterQueue(search: Search): Promise<string> {
  const found =
    (await queueByName(search, 'DeadLetterQueue', '-dlq')) ??
    (await findFunction(search))?.environment[deadLetterQueueVariable];
  if (found === undefined) throw notFound(search, 'dead-letter queue', '--dead-letter-queue-url');
  return found;
}

async function findQueue(search: Search, deadLetterQueueUrl: string): Promise<string | undefined> {
  const byName = await queueByName(search, 'Queue', '');
  if (byName !== undefined) return byName;
  const [source, ...others] = await search.queues.sourcesOf(deadLetterQueueUrl).catch(() => []);
  if (source !== undefined && others.length === 0) return source;
  if (search.consumer.routes.every(({ kind }) => kind === 'sqs')) return undefined;
  return (await findFunction(search))?.environment[queueVariable];
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

/** Channels' queues have physical names. */
async function channelLinks(search: Search): Promise<readonly Link[]> {
  const { topology, consumer, given, queues } = search;
  const links: Link[] = [];
  for (const route of consumer.routes) {
    if (route.kind !== 'sqs') continue;
    const destination = topology.destinations.find(({ key }) => key === route.queue);
    const name = prefixed(given.environment, destination?.name ?? '');
    const urls = await queues.list(name.replace(/\.fifo$/, ''));
    const urlOf = (wanted: string): string | undefined => urls.find((url) => nameOf(url) === wanted);
    const deadLetterQueueUrl = urlOf(withSuffix(name, '-dead-letters')) ?? urlOf(withSuffix(name, '-dlq'));
    const url = given.queueUrl ?? urlOf(name);
    if (deadLetterQueueUrl === undefined) throw notFound(search, 'dead-letter queue', '--dead-letter-queue-url');
    if (url === undefined) throw notFound(search, 'queue', '--queue-url');
    links.push({ deadLetterQueueUrl, target: { kind: 'queue', url } });
  }
  return links;
}

function stackOf({ topology, consumer, given }: Search): string {
  return prefixed(given.environment, `${topology.system}-${consumer.service}`);
}

const prefixed = (environment: string | null, name: string): string =>
  environment === null ? name : `${environment}-${name}`;

const withSuffix = (name: string, suffix: string): string => name.replace(/(\.fifo)?$/, `${suffix}$1`);

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|-]/g, '\\$&');

function notFound({ consumer }: Search, what: string, option: string): UsageError {
  return new UsageError('redrive-target', `The ${what} of ${consumer.key} was not found in this account and Region.`, {
    help: `Name it with ${option}, or say with --environment how the system was deployed.`,
  });
}

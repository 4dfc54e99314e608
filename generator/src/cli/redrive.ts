import type { Consumer, Topology } from '@eventloom/engine';
import { didYouMean } from '@eventloom/engine';
import { loadModel } from '../load-model.ts';
import { toTopology } from '../model/to-topology.ts';
import type { Functions, Queues, Topics } from '../redrive/aws.ts';
import { openFunctions } from '../redrive/lambda-functions.ts';
import { findLinks, type Link } from '../redrive/links.ts';
import type { Unseen } from '../redrive/read-letters.ts';
import { type RedrivenMessage, redrive } from '../redrive/redrive.ts';
import { openTopics } from '../redrive/sns-topics.ts';
import { openQueues } from '../redrive/sqs-queues.ts';
import { UsageError } from '../usage-error.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Command, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { table } from './table.ts';

/** What of the world `redrive` needs; replaced in tests. */
export interface RedriveWorld {
  readonly openQueues: () => Promise<Queues>;
  readonly openFunctions: () => Promise<Functions>;
  readonly openTopics: () => Promise<Topics>;
  readonly now: () => Date;
}

const realWorld: RedriveWorld = { openQueues, openFunctions, openTopics, now: () => new Date() };

/** `redrive`: brings the dead letters of a consumer back. */
export const redriveCommand: Command = redriveIn(realWorld);

/** Makes the command over another world. */
export function redriveIn(world: RedriveWorld): Command {
  return async (invocation) => {
    const settings = settingsOf(invocation);
    const loaded = await loadModel({ spec: specPath(invocation) });
    if (!loaded.ok || loaded.model === null) return answerAbout(invocation, loaded, { json: { messages: [] } });
    const topology = toTopology(loaded.model);
    const consumer = consumerOf(topology, invocation.arguments[0] ?? '');
    const told = await redriveAll(world, { topology, consumer, settings });
    return answerAbout(invocation, loaded, answerOf(told, settings));
  };
}

interface Settings {
  readonly dryRun: boolean;
  readonly maximum: number;
  readonly code: string | null;
  readonly given: Parameters<typeof findLinks>[0]['given'];
}

function settingsOf({ options }: Invocation): Settings {
  const max = options.get('max') ?? '';
  if (max !== '' && !/^[1-9]\d{0,8}$/.test(max)) {
    throw new UsageError('option-value', `--max needs a whole number from 1, not ${JSON.stringify(max)}.`);
  }
  return {
    dryRun: options.has('dry-run'),
    maximum: max === '' ? Number.POSITIVE_INFINITY : Number(max),
    code: options.get('code') ?? null,
    given: {
      deadLetterQueueUrl: options.get('dead-letter-queue-url') ?? null,
      queueUrl: options.get('queue-url') ?? null,
      functionName: options.get('function-name') ?? null,
      environment: options.get('environment') ?? null,
    },
  };
}

function consumerOf({ consumers, services, subscribers = [] }: Topology, key: string): Consumer {
  const consumer = consumers.find((candidate) => candidate.key === key);
  if (consumer !== undefined) return consumer;
  const subscriber = subscribers.find((candidate) => candidate.key === key);
  if (subscriber !== undefined) throw withoutHandler(key, subscriber.delivery.type);
  if (services.some(({ name, outbox }) => outbox !== undefined && key === `${name}/outbox-relay`)) throw ofRelay(key);
  const keys = consumers.map((candidate) => candidate.key);
  throw new UsageError('unknown-consumer', `The spec has no consumer ${JSON.stringify(key)}.`, {
    help: didYouMean(key, keys) || nameMatch(key, keys) || `Consumers are ${keys.join(', ') || 'none'}.`,
  });
}

/** What AWS delivers by itself, no queue or function of ours could take again. */
function withoutHandler(key: string, type: string): UsageError {
  const message = `${JSON.stringify(key)} has delivery type ${type}, and no handler that could take its events again.`;
  const help =
    'Its dead letters name the rule or topic they come from; replay the events from the archive of their bus.';
  return new UsageError('unknown-consumer', message, { help });
}

/** The events of a relay stay in the outbox, whatever it puts on its dead-letter queue. */
function ofRelay(key: string): UsageError {
  return new UsageError(
    'unknown-consumer',
    `${JSON.stringify(key)} is a relay, whose events are in its outbox still.`,
    {
      help: 'Mend the cause, then take the mark "failed" off their items in the outbox table.',
    },
  );
}

/** The name without its service is what one remembers. */
function nameMatch(name: string, keys: readonly string[]): string {
  const full = keys.find((key) => key.slice(key.indexOf('/') + 1).toLowerCase() === name.toLowerCase());
  return full === undefined ? '' : `Did you mean ${JSON.stringify(full)}?`;
}

interface Told {
  readonly links: readonly Link[];
  readonly messages: readonly RedrivenMessage[];
  /** Of each link that was read to the end. */
  readonly unseen: readonly Unseen[];
  /** Topics that messages go back to. */
  readonly published: readonly string[];
}

interface Work {
  readonly topology: Topology;
  readonly consumer: Consumer;
  readonly settings: Settings;
}

async function redriveAll(world: RedriveWorld, { topology, consumer, settings }: Work): Promise<Told> {
  const startedAt = world.now().getTime();
  const queues = await world.openQueues();
  const functions = once(world.openFunctions);
  const topics = once(world.openTopics);
  const links = await findLinks({ topology, consumer, given: settings.given, queues, functions });
  const messages: RedrivenMessage[] = [];
  const unseen: Unseen[] = [];
  const published = new Set<string>();
  for (const link of links) {
    const maximum = settings.maximum - messages.length;
    const options = { consumer, dryRun: settings.dryRun, maximum, code: settings.code, startedAt };
    const run = await redrive({ queues, functions, topics }, link, options);
    messages.push(...run.messages);
    unseen.push(run.unseen);
    if (link.target.kind === 'topic' && run.messages.length > 0) published.add(link.target.name);
  }
  return { links, messages, unseen, published: [...published] };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function answerOf({ links, messages, unseen, published }: Told, { dryRun }: Settings): Partial<Answer> {
  const stayed = messages.filter(({ outcome }) => outcome === 'failed' || outcome === 'unreadable');
  const failed = !dryRun && stayed.length > 0;
  return {
    ...(failed && { exitCode: exitCode.errors }),
    json: {
      dryRun,
      queues: links,
      counts: countsOf(messages),
      messages,
      blockedGroups: unseen.flatMap(({ blockedGroups }) => blockedGroups),
      moreMayStand: unseen.some(({ blockedGroups, isQuotaReached }) => blockedGroups.length > 0 || isQuotaReached),
    },
    text: messages.length === 0 ? 'Nothing to bring back.\n' : `${countsText(messages)}\n${messagesText(messages)}`,
    notes: notesOf(messages, dryRun) + topicNotes(published) + unseenNotes(unseen),
  };
}

interface Count {
  readonly kind: string;
  readonly code: string;
  readonly count: number;
}

/** How many there are of each reason, the most frequent first. */
function countsOf(messages: readonly RedrivenMessage[]): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const { kind, code } of messages) {
    const key = JSON.stringify([kind, code]);
    counts.set(key, { kind, code, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function countsText(messages: readonly RedrivenMessage[]): string {
  const rows = countsOf(messages).map(({ kind, code, count }) => [String(count), kind, code]);
  return table(['count', 'put there by', 'code'], rows);
}

function messagesText(messages: readonly RedrivenMessage[]): string {
  const rows = messages.map(({ messageId, event, outcome, code, reason, error }) => [
    outcomeTexts[outcome],
    event ?? '',
    messageId,
    code,
    error === '' ? reason : error,
  ]);
  return table(['outcome', 'event', 'message', 'code', 'reason'], rows);
}

const outcomeTexts = {
  redriven: 'redriven',
  duplicated: 'redriven, not deleted',
  wouldRedrive: 'would redrive',
  unreadable: 'stays, unreadable',
  failed: 'stays, refused',
} as const satisfies Record<RedrivenMessage['outcome'], string>;

function notesOf(messages: readonly RedrivenMessage[], dryRun: boolean): string {
  if (dryRun) return 'Nothing was changed. The messages are visible again.\n';
  const duplicated = messages.filter(({ outcome }) => outcome === 'duplicated').length;
  return duplicated === 0
    ? ''
    : `${duplicated} could not be deleted after they were sent back: they will come twice.\n`;
}

function topicNotes(topics: readonly string[]): string {
  const note = (name: string) =>
    `What goes back to the topic ${name} reaches all of its consumers, as it would have.\n`;
  return topics.map(note).join('');
}

function unseenNotes(unseen: readonly Unseen[]): string {
  const groups = unseen.flatMap(({ blockedGroups }) => blockedGroups).length;
  const blocked =
    groups === 0
      ? ''
      : `More may stand behind what stays: SQS shows no more of ${groups === 1 ? '1 message group' : `${groups} message groups`} before that is deleted.\n`;
  const quota = unseen.some(({ isQuotaReached }) => isQuotaReached);
  return quota ? `${blocked}More may stand there: SQS hides no more messages at a time. Run it again.\n` : blocked;
}

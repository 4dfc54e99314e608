import { batchEntries, outboxTableVariable } from '@eventloom/engine';
import { addressOf, connect, type PublisherOptions } from '../connection.ts';
import type { Logger } from '../context.ts';
import type { PublisherDefinition } from '../definitions.ts';
import type { BatchItemFailures } from '../handle/answer-batch.ts';
import { createLogger } from '../handle/log.ts';
import { invocationKey, type LambdaContext } from '../invocation.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';
import { type Batcher, type GivenEvent, publishMany } from '../publish/publish-many.ts';
import { readItem, textOf } from './outbox-item.ts';
import { markFailed, removeItem } from './outbox-table.ts';

/** The Lambda handler of an outbox table's stream. */
export type OutboxRelay = (event: unknown, context?: LambdaContext) => Promise<BatchItemFailures>;

/**
 * Makes the Lambda handler that publishes what a service puts into its outbox, on the stream of the table (new images).
 * Each event keeps its id, time, group and correlation, and is deleted from the table once AWS has accepted it.
 *
 * Events of a shard are published in their order, ten at a time. At the first that AWS does not accept, the batch fails
 * from there on, so that Lambda brings it again: none is lost, and up to nine may be published twice with the same id.
 * An event that can never be published stays in the table with the reason as attribute `failed`, is logged as an error,
 * and holds up no other.
 *
 * On Lambda it throws a `ConfigurationError` at once when the environment lacks the table or a destination. Its event
 * source mapping must report batch item failures.
 */
export function outboxRelay(
  definition: PublisherDefinition,
  options: PublisherOptions = {},
  features: readonly PublishFeature[] = [],
): OutboxRelay {
  const { service } = definition;
  const events = Object.values(definition.operations).flat();
  const own = connect(options);
  if (own.environment.AWS_LAMBDA_FUNCTION_NAME) {
    addressOf(own, outboxTableVariable);
    for (const { destination } of events) addressOf(own, destination.environmentVariable);
  }
  return async (input, lambda = {}) => {
    const invocation = lambda[invocationKey];
    const connection = invocation ? connect(invocation) : own;
    const log = createLogger(() => ({ service, consumer: 'outbox' }), { connection, invocation });
    const remaining = (): number => lambda.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
    return relay({ connection, events, features, log, remaining }, insertsOf(input));
  };
}

/** One invocation. */
interface Relay extends Batcher {
  readonly log: Logger;
  /** Milliseconds until Lambda's deadline. */
  readonly remaining: () => number;
}

/** A record of an event that was put into the table. */
interface Insert {
  readonly sequenceNumber: string;
  readonly image: unknown;
}

/** Time to answer in, and the least that publishing is tried with. */
const leadMilliseconds = 1_000;

async function relay(run: Relay, inserts: readonly Insert[]): Promise<BatchItemFailures> {
  for (let at = 0; at < inserts.length; at += batchEntries) {
    const some = inserts.slice(at, at + batchEntries);
    const first = run.remaining() > 2 * leadMilliseconds ? await relaySome(run, some) : some[0];
    // Lambda brings everything again from the lowest sequence number that it is told.
    if (first) return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
  }
  return { batchItemFailures: [] };
}

/** Publishes a few events; the first that has to come again. */
async function relaySome(run: Relay, inserts: readonly Insert[]): Promise<Insert | undefined> {
  const read = inserts.map((insert) => ({ insert, ...readInsert(insert) }));
  const good = read.flatMap(({ event }) => event ?? []);
  const timeoutMilliseconds = Math.min(30_000, run.remaining() - leadMilliseconds);
  const results = await publishMany(run, good, { sendValid: true, timeoutMilliseconds });
  const settled = await Promise.all(
    read.map(async ({ insert, event, problem }) => {
      const failure = event ? results[good.indexOf(event)]?.failure : undefined;
      if (event && !failure) return remove(run, event);
      const { code = 'malformed', message = problem ?? '' } = failure ?? {};
      if (!event || hopeless.has(code)) return giveUp(run, insert, `${code}: ${message}`);
      run.log.warn('Outbox event not published', { eventId: event.id, code, error: message });
      return false;
    }),
  );
  return inserts[settled.indexOf(false)];
}

function readInsert({ image }: Insert): {
  readonly event?: GivenEvent & { readonly id: string };
  readonly problem?: string;
} {
  try {
    return { event: readItem(image) };
  } catch (error) {
    return { problem: String(error) };
  }
}

/** Codes of what another try cannot help: ours, given before anything is sent, and those of AWS about the event itself. */
const hopeless: ReadonlySet<string> = new Set([
  ...['event-too-large', 'too-many-attributes', 'header-missing', 'header-invalid', 'group-missing', 'unknown-event'],
  ...['not-json', 'MalformedDetail', 'InvalidArgument', 'InvalidMessageContents'],
]);

/** It is published: an item that stays expires, and its stream record does not come again. */
async function remove({ connection, log }: Relay, { id }: { readonly id: string }): Promise<true> {
  await removeItem(connection, id).catch((error: unknown) => {
    log.warn('Outbox event published, but not removed', { eventId: id, error });
  });
  return true;
}

/** False when even the reason cannot be written: then it comes again. */
async function giveUp({ connection, log }: Relay, { image }: Insert, reason: string): Promise<boolean> {
  try {
    const id = textOf(image, 'id');
    log.error('Outbox event can never be published', { eventId: id, code: 'outbox-failed', reason });
    await markFailed(connection, id, reason.slice(0, 1_000));
    return true;
  } catch (error) {
    log.error('Outbox event not marked as failed', { reason, error });
    return error instanceof TypeError;
  }
}

/** Deletions, also those by the time to live, and changes are no events. */
function insertsOf(input: unknown): Insert[] {
  const records = (input as { readonly Records?: unknown } | null)?.Records;
  if (!Array.isArray(records)) throw new TypeError('The input is no batch of a DynamoDB stream: it has no Records');
  return records.flatMap((record: StreamRecord | null) => {
    const { SequenceNumber = '', NewImage } = record?.dynamodb ?? {};
    return record?.eventName === 'INSERT' ? [{ sequenceNumber: SequenceNumber, image: NewImage }] : [];
  });
}

/** What is read of a record of a stream. */
interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: unknown };
}

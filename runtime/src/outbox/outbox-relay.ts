import { batchEntries, deadLetterQueueVariable, outboxTableVariable } from '@eventloom/engine';
import { addressOf, connect, type PublisherOptions } from '../connection.ts';
import type { Logger } from '../context.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { BatchItemFailures } from '../handle/answer-batch.ts';
import { createLogger } from '../handle/log.ts';
import { type Invocation, invocationKey, type LambdaContext } from '../invocation.ts';
import type { BatchOptions } from '../publish/batch-options.ts';
import type { PublishResult } from '../publish/event-publisher.ts';
import type { LostGroups } from '../publish/lost-groups.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';
import { type Batcher, type GivenEvent, publishMany } from '../publish/publish-many.ts';
import { callDynamoDb } from '../store/dynamo-db.ts';
import type { Validator } from '../validator.ts';
import { giveUp, idOf } from './give-up.ts';
import { isHopeless, mayBeAnothers } from './hopeless.ts';
import { readItem } from './outbox-item.ts';
import { itemsOf, type StreamedItem } from './stream-records.ts';

/** What the relay of an outbox publishes. Each event was validated when it was written, so that it needs no validator. */
export interface OutboxRelayDefinition<Service extends string = string> {
  readonly service: Service;
  readonly events: readonly RelayedEventDefinition[];
}

/** An event type that a relay publishes, and where to. */
export type RelayedEventDefinition = Omit<PublishedEventDefinition, 'validate'>;

/** The Lambda handler of the stream of the outbox table of `Service`. */
export type OutboxRelay<Service extends string = string> = ((
  event: unknown,
  context?: LambdaContext,
) => Promise<BatchItemFailures>) & {
  readonly service: Service;
};

/**
 * Makes the Lambda handler that publishes what a service puts into its outbox, on the stream of the table (new images).
 * Each event keeps its id, time, group and correlation, and is deleted from the table once AWS has accepted it.
 *
 * Events of a shard are published in their order, ten at a time. At the first that AWS does not accept, the batch fails
 * from there on, so that Lambda brings it again: none is lost, and up to nine may be published twice with the same id.
 * Where AWS, or the SDK, refuses a request for what is in it, its events are sent one at a time, to tell which is meant.
 * An event that can never be published goes to the relay's dead-letter queue, stays in the table with the reason as
 * attribute `failed`, is logged as an error, and holds up no other. A change of its item that takes `failed` away has it
 * published again.
 *
 * On Lambda it throws a `ConfigurationError` at once when the environment lacks the table, the dead-letter queue, a
 * destination or the bucket for claims. Its event source mapping must report batch item failures.
 */
export function outboxRelay<Service extends string>(
  definition: OutboxRelayDefinition<Service>,
  options: PublisherOptions = {},
  features: readonly PublishFeature[] = [],
): OutboxRelay<Service> {
  const { service } = definition;
  const events = definition.events.map((event) => ({ ...event, validate: valid }));
  const own = connect(options);
  if (own.environment.AWS_LAMBDA_FUNCTION_NAME) {
    const destinations = events.map(({ destination }) => destination.environmentVariable);
    for (const variable of [outboxTableVariable, deadLetterQueueVariable, ...destinations]) addressOf(own, variable);
    for (const { check } of features) check?.(own);
  }
  const handler = async (input: unknown, lambda: LambdaContext = {}): Promise<BatchItemFailures> => {
    const invocation = lambda[invocationKey];
    const connection = invocation ? connect(invocation) : own;
    const base = { requestId: lambda.awsRequestId, service, consumer: relayName };
    const log = createLogger(() => base, { connection, invocation });
    const remaining = (): number => lambda.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
    return relay({ service, connection, events, features, log, remaining, lambda, invocation }, itemsOf(input));
  };
  return Object.assign(handler, { service });
}

/** Nothing that is in the outbox is invalid. */
const valid: Validator<unknown> = /* @__PURE__ */ Object.assign((value: unknown): value is unknown => true, {
  errors: null,
});

const relayName = 'outbox-relay';

/** One invocation. */
interface Relay extends Batcher {
  readonly service: string;
  readonly log: Logger;
  readonly lambda: LambdaContext;
  readonly invocation: Invocation | undefined;
  /** Milliseconds until Lambda's deadline. */
  readonly remaining: () => number;
}

/** Time to answer in, and the least that publishing is tried with. */
const leadMilliseconds = 1_000;

async function relay(run: Relay, items: readonly StreamedItem[]): Promise<BatchItemFailures> {
  for (let at = 0; at < items.length; at += batchEntries) {
    const some = items.slice(at, at + batchEntries);
    const first = run.remaining() > 2 * leadMilliseconds ? await relaySome(run, some) : some[0];
    // Lambda brings everything again from the lowest sequence number that it is told.
    if (first) return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
  }
  return { batchItemFailures: [] };
}

/** Publishes a few events; the first that has to come again. */
async function relaySome(run: Relay, items: readonly StreamedItem[]): Promise<StreamedItem | undefined> {
  const read = items.map((item) => ({ item, ...readStreamed(item) }));
  const good = read.flatMap(({ event }) => event ?? []);
  const results = await publishGood(run, good);
  const settled = await Promise.all(
    read.map(async ({ item, event, problem }) => {
      const failure = event ? results[good.indexOf(event)]?.failure : undefined;
      if (event && !failure) return remove(run, event.id);
      const { code = 'malformed', message = problem ?? '' } = failure ?? {};
      if (!event || (failure && isHopeless(failure))) return abandon(run, item, { code, reason: message });
      run.log.warn('Outbox event not published', { eventId: event.id, code, error: message });
      run.invocation?.noteFailure?.(item.sequenceNumber, `${code}: ${message}`);
      return false;
    }),
  );
  return items[settled.indexOf(false)];
}

/** Publishes events together; those of a request that was refused for its content once more, each alone. */
async function publishGood(run: Relay, events: readonly GivenEvent[]): Promise<PublishResult[]> {
  const results = await publishMany(run, events, limitsOf(run));
  if (events.length < 2) return results;
  const lost: LostGroups = new Map();
  for (const [place, event] of events.entries()) {
    const { failure } = results[place] ?? {};
    if (!failure || !mayBeAnothers(failure)) continue;
    const [alone] = await publishMany(run, [event], limitsOf(run), lost);
    if (alone) results[place] = alone;
  }
  return results;
}

const limitsOf = (run: Relay): BatchOptions => ({
  sendValid: true,
  timeoutMilliseconds: Math.max(0, Math.min(30_000, run.remaining() - leadMilliseconds)),
});

function readStreamed({ image }: StreamedItem): {
  readonly event?: GivenEvent & { readonly id: string };
  readonly problem?: string;
} {
  try {
    return { event: readItem(image) };
  } catch (error) {
    return { problem: String(error) };
  }
}

/** It is published: an item that stays expires, and its stream record does not come again. */
async function remove({ connection, log }: Relay, id: string): Promise<true> {
  const input = { TableName: addressOf(connection, outboxTableVariable), Key: { id: { S: id } } };
  try {
    await callDynamoDb(connection, (sdk) => new sdk.DeleteItemCommand(input));
  } catch (error) {
    log.warn('Outbox event published, but not removed', { eventId: id, error });
  }
  return true;
}

/** False when it could not be put aside: then it comes again. */
async function abandon(
  { service, connection, log, lambda }: Relay,
  { image, sequenceNumber }: StreamedItem,
  { code, reason }: { readonly code: string; readonly reason: string },
): Promise<boolean> {
  const failure = {
    reason: reason.slice(0, 1_000),
    code,
    consumer: `${service}/${relayName}`,
    messageId: sequenceNumber,
    version: lambda.functionVersion,
  };
  try {
    await giveUp(connection, image, failure);
    log.error('Outbox event can never be published', { ...failure, eventId: idOf(image) });
    return true;
  } catch (error) {
    log.error('Outbox event not put aside', { ...failure, eventId: idOf(image), error });
    return false;
  }
}

import { systemClock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import { PublishError, type PublishFailure } from '../errors.ts';
import type { PublishedEvent } from '../events.ts';
import type { BatchOptions } from './batch-options.ts';
import { type Entry, type Outcome, type Refusal, unconfirmed } from './entry.ts';
import type { PublishResult } from './event-publisher.ts';
import type { PublishOptions } from './options.ts';
import type { Outgoing } from './outgoing.ts';
import { prepareMany } from './prepare-many.ts';
import type { PublishFeature } from './publish-feature.ts';
import { sendMany } from './send-many.ts';
import type { Allowance } from './settle.ts';

/** One of many events, as a caller gives it. */
export interface GivenEvent extends PublishOptions {
  readonly name: string;
  readonly source?: string | undefined;
  readonly payload: unknown;
}

/** What many events are published with. */
export interface Batcher {
  readonly connection: Connection;
  /** Every event of the service. */
  readonly events: readonly PublishedEventDefinition[];
  readonly features: readonly PublishFeature[];
}

/** Requests at a time, as the caller or the default has it. */
export function concurrencyOf({ concurrency = 4 }: BatchOptions): number {
  return Math.max(1, Math.floor(concurrency) || 1);
}

/**
 * Publishes events and says what became of each, in their order. `stopped` are the message groups that have lost an
 * event; it grows. Rejects for nothing that concerns an event.
 */
export async function publishMany(
  batcher: Batcher,
  given: readonly GivenEvent[],
  options: BatchOptions = {},
  stopped: Set<string> = new Set(),
): Promise<PublishResult[]> {
  const { connection, features } = batcher;
  const allowance = allow(connection, options);
  const concurrency = concurrencyOf(options);
  const outgoing = given.map((event) => outgoingOf(batcher, event, options));
  const ready = await prepareMany(outgoing, {
    connection,
    features,
    concurrency,
    sendValid: options.sendValid === true,
  });
  const entries = ready.filter((one): one is Entry => 'kind' in one);
  const outcomes = await sendMany(connection, entries, { allowance, concurrency, stopped });
  return given.map((event, index) => {
    const one = ready[index] ?? unconfirmed;
    const outcome = 'kind' in one ? (outcomes.get(one) ?? unconfirmed) : one;
    return resultOf(index, event, outgoing[index], outcome);
  });
}

/** Publishes events and resolves with what was accepted. Rejects with a `PublishError` when one was not. */
export async function publishAll(
  batcher: Batcher,
  given: readonly GivenEvent[],
  options?: BatchOptions,
): Promise<PublishedEvent[]> {
  const results = await publishMany(batcher, given, options);
  const failures = results.flatMap(({ failure }) => failure ?? []);
  const published = results.flatMap((result) => result.published ?? []);
  const [first] = failures.filter(({ code }) => code !== 'not-sent' && code !== 'group-stopped').concat(failures);
  if (first === undefined) return published;
  const message = `${first.message} (${failures.length} of ${given.length} events were not published)`;
  throw new PublishError(first.code, message, first.event, first.cause, { failures, published });
}

function outgoingOf({ events }: Batcher, given: GivenEvent, { validate }: BatchOptions): Outgoing | Refusal {
  const { name, source, payload, ...options } = given;
  const event = events.find((one) => one.name === name && one.source === (source ?? one.source));
  if (event === undefined) return { code: 'unknown-event', message: `the service sends no event ${name}` };
  return { event, payload, options: { ...options, validate: options.validate ?? validate } };
}

function resultOf(
  index: number,
  { name, source = '', payload }: GivenEvent,
  outgoing: Outgoing | Refusal | undefined,
  outcome: Outcome,
): PublishResult {
  const event = { name, source: outgoing && 'event' in outgoing ? outgoing.event.source : source };
  if ('id' in outcome) return { published: { id: outcome.id, ...event } };
  const { code, message, cause } = outcome;
  const failure: PublishFailure = { index, event: { ...event, payload }, code, message };
  return { failure: cause === undefined ? failure : { ...failure, cause } };
}

/** The longest that a timer can wait. */
const longestMilliseconds = 2 ** 31 - 1;

function allow({ clock }: Connection, { timeoutMilliseconds = 30_000, signal }: BatchOptions): Allowance {
  const endsAt = (clock ?? systemClock).now().getTime() + timeoutMilliseconds;
  // Only the machine's time can cut off what is under way.
  const timer = clock ? [] : [AbortSignal.timeout(Math.min(longestMilliseconds, Math.max(0, timeoutMilliseconds)))];
  const both = AbortSignal.any([...(signal ? [signal] : []), ...timer]);
  const aborted = new Promise((resolve) => both.addEventListener('abort', resolve, { once: true }));
  return { endsAt, signal: both, aborted };
}

import type { Connection } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import { PublishError, type PublishFailure } from '../errors.ts';
import type { PublishedEvent } from '../events.ts';
import { within } from './allowance.ts';
import type { BatchOptions } from './batch-options.ts';
import type { Outcome, Refusal } from './entry.ts';
import type { PublishResult } from './event-publisher.ts';
import type { LostGroups } from './lost-groups.ts';
import type { EventOptions } from './options.ts';
import { eventNamed, type Outgoing, sentEvent } from './outgoing.ts';
import { prepareMany } from './prepare-many.ts';
import type { PublishFeature } from './publish-feature.ts';
import { sendMany } from './send-many.ts';

/** One of many events, as a caller gives it. */
export interface GivenEvent extends EventOptions {
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

/** More requests at a time than any client has connections for. */
const mostConcurrency = 1_000;

/** Requests at a time, as the caller or the default has it. */
export function concurrencyOf({ concurrency = 4 }: BatchOptions): number {
  return Math.min(mostConcurrency, Math.max(1, Math.floor(concurrency) || 1));
}

/**
 * Publishes events and says what became of each, in their order. `lost` grows. Rejects for nothing that concerns an event.
 */
export async function publishMany(
  batcher: Batcher,
  events: readonly GivenEvent[],
  options?: BatchOptions,
  lost?: LostGroups,
): Promise<PublishResult[]> {
  const given = copyOf(events);
  const outcomes = await outcomesOf(batcher, given, options, lost);
  return outcomes.map((outcome, index) =>
    'code' in outcome ? { failure: failureOf(batcher, given, index, outcome) } : { published: outcome },
  );
}

/** Publishes events and resolves with what was accepted. Rejects with a `PublishError` when one was not. */
export async function publishAll(
  batcher: Batcher,
  events: readonly GivenEvent[],
  options?: BatchOptions,
): Promise<PublishedEvent[]> {
  const given = copyOf(events);
  const outcomes = await outcomesOf(batcher, given, options);
  if (outcomes.every(isPublished)) return outcomes;
  const published = outcomes.filter(isPublished);
  const failures = outcomes.flatMap((outcome, index) =>
    'code' in outcome ? failureOf(batcher, given, index, outcome) : [],
  );
  const [first] = failures.filter(({ code }) => code !== 'not-sent' && code !== 'group-stopped').concat(failures) as [
    PublishFailure,
  ];
  const message = `${first.message} (${failures.length} of ${given.length} events were not published)`;
  throw new PublishError(first.code, message, first.event, first.cause, { failures, published });
}

/** A list that the caller cannot change meanwhile, without holes; what is no object is an event without a name. */
function copyOf(events: readonly GivenEvent[]): readonly GivenEvent[] {
  return Array.from(events, Object);
}

function isPublished(outcome: Outcome): outcome is PublishedEvent {
  return !('code' in outcome);
}

async function outcomesOf(
  { connection, events, features }: Batcher,
  given: readonly GivenEvent[],
  options: BatchOptions = {},
  lost: LostGroups = new Map(),
): Promise<Outcome[]> {
  // What an earlier call has lost stands before all of this one.
  for (const group of lost.keys()) lost.set(group, -1);
  return within(connection, options, async (allowance) => {
    const concurrency = concurrencyOf(options);
    const ready = await prepareMany(given, (event) => outgoingOf(events, event, options), {
      connection,
      allowance,
      features,
      concurrency,
      sendValid: options.sendValid === true,
      lost,
    });
    return sendMany(connection, ready, { allowance, concurrency, lost });
  });
}

function outgoingOf(events: Batcher['events'], given: GivenEvent, { validate }: BatchOptions): Outgoing {
  const event = sentEvent(events, given);
  // What is given has the fields of its options among others.
  const options = validate === undefined || given.validate !== undefined ? given : { ...given, validate };
  return { event, payload: given.payload, options };
}

function failureOf(
  { events }: Batcher,
  given: readonly GivenEvent[],
  index: number,
  { code, message, cause }: Refusal,
): PublishFailure {
  const { name, source, payload } = given[index] as GivenEvent;
  const event = { name, source: source ?? eventNamed(events, { name })?.source ?? '', payload };
  return { index, event, code, message, ...(cause !== undefined && { cause }) };
}

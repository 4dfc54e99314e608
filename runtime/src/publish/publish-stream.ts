import { batchEntries } from '@eventloom/engine';
import type { BatchOptions } from './batch-options.ts';
import type { PublishResult } from './event-publisher.ts';
import { type Batcher, concurrencyOf, type GivenEvent, publishMany } from './publish-many.ts';

type Source = Iterable<GivenEvent> | AsyncIterable<GivenEvent>;

/** What the loop waits for: told apart by the field. */
type Step =
  | { readonly pulled: IteratorResult<GivenEvent> }
  | { readonly thrown: unknown }
  | { readonly results: readonly PublishResult[] }
  | { readonly lags: true };

/**
 * Publishes events as they come, a round at a time: what one round of requests carries at most, or less when the source
 * lags. While a round is under way the next is gathered, and no more.
 */
export async function* publishStream(
  batcher: Batcher,
  source: Source,
  options: BatchOptions = {},
): AsyncGenerator<PublishResult, void, undefined> {
  const most = batchEntries * concurrencyOf(options);
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const stopped = new Set<string>();
  let round: GivenEvent[] = [];
  let pull: Promise<Step> | undefined;
  let flight: Promise<Step> | undefined;
  let end: Step | undefined;
  let lags = false;
  const start = (): void => {
    flight = publishMany(batcher, round, { ...options, sendValid: true }, stopped).then((results) => ({ results }));
    round = [];
  };
  try {
    for (;;) {
      if (!flight && round.length > 0 && (lags || end || round.length >= most)) start();
      if (!end && round.length < most) pull ??= pullFrom(iterator);
      const waiting: Promise<Step>[] = [pull, flight, round.length > 0 && !flight && !lags ? soon() : undefined].filter(
        (one) => one !== undefined,
      );
      if (waiting.length === 0) break;
      const step: Step = await Promise.race(waiting);
      lags = 'lags' in step;
      if ('results' in step) {
        flight = undefined;
        yield* step.results;
      } else if ('pulled' in step && !step.pulled.done) {
        pull = undefined;
        round.push(step.pulled.value);
      } else if (!lags) {
        pull = undefined;
        end = step;
      }
    }
  } finally {
    // Not awaited: a source that never gives its next event would never return either.
    if (!end) void iterator.return?.();
  }
  if (end && 'thrown' in end) throw end.thrown;
}

async function pullFrom(iterator: Iterator<GivenEvent> | AsyncIterator<GivenEvent>): Promise<Step> {
  try {
    return { pulled: await iterator.next() };
  } catch (thrown) {
    return { thrown };
  }
}

/** Resolves when everything that is ready has run. */
function soon(): Promise<Step> {
  return new Promise((resolve) => setImmediate(() => resolve({ lags: true })));
}

import { batchEntries } from '@eventloom/engine';
import type { BatchOptions } from './batch-options.ts';
import type { PublishResult } from './event-publisher.ts';
import type { LostGroups } from './lost-groups.ts';
import { type Batcher, concurrencyOf, type GivenEvent, publishMany } from './publish-many.ts';

type Source = Iterable<GivenEvent> | AsyncIterable<GivenEvent>;

/** What the loop waits for: told apart by the field. */
type Step =
  | { readonly pulled: IteratorResult<GivenEvent> }
  | { readonly thrown: unknown }
  | { readonly results: readonly PublishResult[] }
  | { readonly lags: true }
  | { readonly aborted: true };

/**
 * Publishes events as they come, a round at a time: what one round of requests carries at most, or less when the source
 * lags. While a round is under way the next is gathered, and no more. Once the signal is aborted nothing more is taken.
 */
export async function* publishStream(
  batcher: Batcher,
  source: Source,
  options: BatchOptions = {},
): AsyncGenerator<PublishResult, void, undefined> {
  const most = batchEntries * concurrencyOf(options);
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const lost: LostGroups = new Map();
  const { signal } = options;
  let round: GivenEvent[] = [];
  let told = 0;
  let pull: Promise<Step> | undefined;
  let flight: Promise<Step> | undefined;
  let end: Step | undefined;
  let lags = false;
  const start = (): void => {
    flight = publishMany(batcher, round, { ...options, sendValid: true }, lost).then((results) => ({ results }));
    round = [];
  };
  try {
    for (;;) {
      if (signal?.aborted && !pull) end ??= { aborted: true };
      if (!flight && round.length > 0 && (lags || end || round.length >= most)) start();
      if (!end && round.length < most) pull ??= pullFrom(iterator, signal);
      const waiting: Promise<Step>[] = [pull, flight, round.length > 0 && !flight && !lags ? soon() : undefined].filter(
        (one) => one !== undefined,
      );
      if (waiting.length === 0) break;
      const step: Step = await Promise.race(waiting);
      lags = 'lags' in step;
      if ('results' in step) {
        flight = undefined;
        const before = told;
        told += step.results.length;
        yield* step.results.map((result) => placedAfter(before, result));
      } else if ('pulled' in step && !step.pulled.done) {
        pull = undefined;
        round.push(step.pulled.value);
      } else if (!lags) {
        pull = undefined;
        end = step;
      }
    }
  } finally {
    if (!end || 'aborted' in end) close(iterator);
  }
  if (end && 'thrown' in end) throw end.thrown;
}

/** The result of an event that comes after so many others of the call. */
function placedAfter(before: number, result: PublishResult): PublishResult {
  const { failure } = result;
  return failure ? { failure: { ...failure, index: failure.index + before } } : result;
}

/** Closes a source that is left early. It is not waited for: it may never give the event that it was asked for. */
function close(iterator: AnyIterator): void {
  (async () => iterator.return?.())().catch(() => {});
}

type AnyIterator = Iterator<GivenEvent> | AsyncIterator<GivenEvent>;

function pullFrom(iterator: AnyIterator, signal: AbortSignal | undefined): Promise<Step> {
  return new Promise((resolve) => {
    const abort = (): void => resolve({ aborted: true });
    signal?.addEventListener('abort', abort);
    const settle = (step: Step): void => {
      signal?.removeEventListener('abort', abort);
      resolve(step);
    };
    (async () => iterator.next())().then(
      (pulled) => settle({ pulled }),
      (thrown) => settle({ thrown }),
    );
  });
}

/** Resolves when everything that is ready has run. */
function soon(): Promise<Step> {
  return new Promise((resolve) => setImmediate(() => resolve({ lags: true })));
}

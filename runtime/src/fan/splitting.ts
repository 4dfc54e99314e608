import { isEventloomError, PermanentError, type PublishError, type PublishFailure } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { carriedOn, connectionFor } from '../handle/emitting.ts';
import { isLastingRefusal } from '../publish/lasting-refusal.ts';
import { valueAt } from '../publish/own-value.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';
import { type GivenEvent, publishAll } from '../publish/publish-many.ts';
import { deterministicId } from './deterministic-id.ts';
import type { SplittingContext } from './split-handler.ts';

/**
 * Splits an event (`x-split`): publishes the one event that the consumer emits for every element of an array of the
 * payload, with what the user's function makes of the element ({@link splitHandler}). Nothing is published before all
 * elements are mapped and all payloads are valid; then they go in as few requests as carry them, as long as Lambda's
 * deadline lets them.
 *
 * Each event's id follows from the consumer, the id of the event that is split, and the element's index, so what a retry
 * publishes again is known by it: to consumers with `x-idempotency`, and to FIFO topics and queues. A replay from an
 * archive is another split, unless the consumer takes a replayed event for the event itself (`replays: skip`). Its `part`
 * says where it stands among those of the same split.
 *
 * Something else than an array is a `PermanentError` with code `not-an-array`, a part that can never be published one with
 * code `part-refused`. Parts that were not published for another reason are a `PublishError`, and the event is retried.
 */
export const splitting: Feature = /* @__PURE__ */ splittingWith();

/** The same, with what the spec asks of publishing beside sending. */
export function splittingWith(...features: readonly PublishFeature[]): Feature {
  return {
    around: async (call, next): Promise<void> => {
      Object.assign(call.context, { elements: elementsOf(call) } satisfies Partial<SplittingContext>);
      const parts = await partsOf(call, (await next()) as readonly unknown[]);
      const batcher = { connection: connectionFor(call), events: call.session.definition.emits, features };
      const { signal } = call.context;
      const timeoutMilliseconds = call.context.remainingMilliseconds();
      await publishAll(batcher, parts, { signal, timeoutMilliseconds }).catch(giveUpIfRefused);
    },
  };
}

/** A part that was refused before anything was sent would be so the next time. */
function giveUpIfRefused(error: unknown): never {
  const isPublishError = isEventloomError(error, 'PublishError');
  const isRefused = ({ code }: PublishFailure): boolean => code === 'not-sent' || isLastingRefusal(code);
  if (isPublishError && (error as PublishError).failures.every(isRefused)) {
    throw new PermanentError(error.message, { code: 'part-refused', cause: error });
  }
  throw error;
}

function elementsOf({ event, session }: Call): readonly unknown[] {
  const { split = '', key } = session.definition;
  const elements = valueAt(event.payload, split);
  if (Array.isArray(elements)) return elements;
  const found = elements === null ? 'null' : typeof elements;
  throw new PermanentError(`${key} splits ${event.name} at ${split || 'the whole payload'}, where there is ${found}`, {
    code: 'not-an-array',
  });
}

/** What is published for the elements. Null and undefined leave an element out; the others are counted without it, but keep their ids. */
export function partsOf(call: Pick<Call, 'event' | 'session'>, payloads: readonly unknown[]): Promise<GivenEvent[]> {
  const { definition } = call.session;
  const [event] = definition.emits;
  if (!event) throw new TypeError(`${definition.key} splits, but emits nothing`);
  const { name, source } = event;
  const { id: eventId, replay } = call.event;
  const names = [definition.key, eventId, ...(replay && definition.idempotency?.replays !== 'skip' ? [replay] : [])];
  const of = names.join('/');
  const kept = [...payloads.entries()].filter(([, payload]) => payload != null);
  const count = kept.length;
  return Promise.all(
    kept.map(async ([element, payload], index) => {
      const id = await deterministicId(...names, `${element}`);
      return { name, source, payload, ...carriedOn(call), id, part: { of, index, count } };
    }),
  );
}

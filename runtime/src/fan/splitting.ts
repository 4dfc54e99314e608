import { PermanentError } from '../errors.ts';
import type { Call, Feature } from '../feature.ts';
import { carriedOn, connectionFor } from '../handle/emitting.ts';
import type { Outgoing } from '../publish/outgoing.ts';
import { valueAt } from '../publish/own-value.ts';
import { deterministicId } from './deterministic-id.ts';
import { publishAll } from './publish-all.ts';
import type { SplittingContext } from './split-handler.ts';

/**
 * Splits an event (`x-split`): publishes the one event that the consumer emits for every element of an array of the
 * payload, with what the user's function makes of the element ({@link splitHandler}). Nothing is published before all
 * elements are mapped.
 *
 * Each event's id follows from the consumer, the id of the event that is split, and the element's index, so what a retry
 * publishes again is known by it: to consumers with `x-idempotency`, and to FIFO topics and queues. Its `part` says
 * where it stands among those of the same split. Something else than an array is a `PermanentError` with code
 * `not-an-array`.
 */
export const splitting: Feature = {
  around: async (call, next): Promise<void> => {
    Object.assign(call.context, { elements: elementsOf(call) } satisfies Partial<SplittingContext>);
    const payloads = (await next()) as readonly unknown[];
    await publishAll(connectionFor(call), await partsOf(call, payloads));
  },
};

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
export function partsOf(call: Pick<Call, 'event' | 'session'>, payloads: readonly unknown[]): Promise<Outgoing[]> {
  const { definition } = call.session;
  const [event] = definition.emits;
  if (!event) throw new TypeError(`${definition.key} splits, but emits nothing`);
  const of = `${definition.key}/${call.event.id}`;
  const kept = [...payloads.entries()].filter(([, payload]) => payload != null);
  const count = kept.length;
  return Promise.all(
    kept.map(async ([element, payload], index) => {
      const id = await deterministicId(definition.key, call.event.id, `${element}`);
      return { event, payload, options: { ...carriedOn(call), id, part: { of, index, count } } };
    }),
  );
}

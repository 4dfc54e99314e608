import type { HandlerContext } from '../context.ts';
import type { ReceivedEvent } from '../events.ts';
import { inParallel } from '../in-parallel.ts';

/** What the user's function knows beside an element. */
export interface SplitContext<Event> extends HandlerContext {
  /** The event that is split. */
  readonly event: Event;
  /** Place of the element in the array, from 0. */
  readonly index: number;
  /** How many elements the array has. */
  readonly count: number;
}

/** What `splitting` adds to the context. */
export interface SplittingContext extends HandlerContext {
  readonly elements: readonly unknown[];
}

/**
 * Makes the handler of a consumer that splits from a function that maps one element to the payload of the event to be
 * published for it; null leaves the element out. Ten elements are mapped at a time. To be used with `splitting`.
 */
export function splitHandler<
  Element,
  Event extends ReceivedEvent<string, string, unknown>,
  Payload,
  Context extends SplitContext<Event> = SplitContext<Event>,
>(
  map: (element: Element, context: Context) => Payload | null | Promise<Payload | null>,
): (event: Event, context: SplittingContext) => Promise<readonly (Payload | null)[]> {
  return (event, { elements, ...context }) =>
    inParallel(elements, mappedAtATime, (element, index) =>
      // What other features add to the context is in it.
      map(element as Element, { ...context, event, index, count: elements.length } as unknown as Context),
    );
}

const mappedAtATime = 10;

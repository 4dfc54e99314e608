import type { HandlerContext } from '../context.ts';
import { PermanentError } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import { rangesOf } from './ranges.ts';

type AnyEvent = ReceivedEvent<string, string, unknown>;

/** What the user's function for an incomplete group knows beside the parts that have come. */
export type TimeoutContext<Context> = Context & {
  /** The indexes of the parts that did not come, in order. */
  readonly missing: readonly number[];
};

/** The user's function of a consumer that gathers, alone or with one for what is not complete in time. */
export type GatherFunctions<Event, Context> =
  | ((parts: readonly Event[], context: Context) => unknown)
  | {
      /** Called once with all parts, in order of index. */
      readonly complete: (parts: readonly Event[], context: Context) => unknown;
      /** Called once, when time is up, with those that have come, in order of index. */
      readonly onTimeout: (parts: readonly Event[], context: TimeoutContext<Context>) => unknown;
    };

/** What `gathering` adds to the context. */
export interface GatheringContext extends HandlerContext {
  readonly gathered: Gathered;
}

/** The parts of a group that is complete, or whose time is up. */
export interface Gathered {
  readonly of: string;
  readonly parts: readonly AnyEvent[];
  readonly missing: readonly number[];
}

/**
 * Makes the handler of a consumer that gathers from a function that takes all parts of a split at once. To be used with
 * `gathering`. Without `onTimeout`, a group that is not complete in time is a `PermanentError` with code
 * `gather-timeout` that names the missing indexes.
 */
export function gatherHandler<Event extends AnyEvent, Context extends HandlerContext>(
  gather: GatherFunctions<Event, Context>,
): (event: Event, context: Context & GatheringContext) => unknown {
  const { complete, onTimeout = undefined } = typeof gather === 'function' ? { complete: gather } : gather;
  return (_, { gathered: { of, parts, missing }, ...rest }) => {
    const events = parts as readonly Event[];
    const context = rest as unknown as Context;
    if (missing.length === 0) return complete(events, context);
    if (onTimeout) return onTimeout(events, { ...context, missing });
    throw timeoutError(of, missing, parts.length + missing.length);
  };
}

/** Says which parts did not come. */
export function timeoutError(of: string, missing: readonly number[], count: number): PermanentError {
  const message = `Of the ${count} parts of ${of}, ${missing.length} did not come in time: ${rangesOf(missing)}`;
  return new PermanentError(message, { code: 'gather-timeout' });
}

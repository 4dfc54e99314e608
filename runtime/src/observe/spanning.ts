import { inspect } from 'node:util';
import type { Call, Feature } from '../feature.ts';

/** Why an event was not handled. */
export interface SpanFailure {
  readonly error: unknown;
}

/** What was thrown, as an error. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(typeof thrown === 'string' ? thrown : inspect(thrown));
}

/**
 * Stands around every event that is valid and wanted, with a span that `open` makes and hands to `within`, if any.
 * `close` is called once for each, without a failure when the event was handled. One that is given back to its queue
 * because no time is left is still running then, and may never end: its span does.
 */
export function spanning<Span extends object>(
  open: (call: Call, within: (span?: Span) => Promise<unknown>) => unknown,
  close: (span: Span, failure?: SpanFailure) => void,
): Feature {
  const running = new WeakMap<Call, Span>();
  const end = (call: Call, failure?: SpanFailure): void => {
    const span = running.get(call);
    running.delete(call);
    if (span) close(span, failure);
  };
  return {
    observe: (observation) => {
      if (observation.kind === 'retried' && observation.call) end(observation.call, observation);
    },
    around: async (call, next) =>
      open(call, async (span) => {
        if (span) running.set(call, span);
        try {
          const result = await next();
          end(call);
          return result;
        } catch (error) {
          end(call, { error });
          throw error;
        }
      }),
  };
}

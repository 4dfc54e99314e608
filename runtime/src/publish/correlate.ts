import type { Outgoing } from './outgoing.ts';
import { ownValue, pointerNames, valueAt } from './own-value.ts';

/**
 * Puts the correlation id where the event's `correlationId` points into the payload: into a copy, where the payload has
 * none there and the object that would hold it exists. An id that the payload has itself wins. Elsewhere the id stays
 * in the options and travels beside the payload.
 */
export function correlate(outgoing: Outgoing): Outgoing {
  const { event, payload, options } = outgoing;
  const { correlationId } = options;
  if (correlationId === undefined || event.correlation?.in !== 'payload') return outgoing;
  const names = pointerNames(event.correlation.pointer);
  const copy = valueAt(payload, event.correlation.pointer) == null ? withValue(payload, names, correlationId) : payload;
  return copy === undefined ? outgoing : { event, payload: copy, options: { ...options, correlationId: undefined } };
}

/** A copy of `holder` with the value below these names; undefined when nothing there can hold it. */
function withValue(holder: unknown, [name, ...rest]: readonly string[], value: string): unknown {
  if (name === undefined) return value;
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return undefined;
  const inner = rest.length === 0 ? value : withValue(ownValue(holder, name), rest, value);
  return inner === undefined ? undefined : { ...holder, [name]: inner };
}

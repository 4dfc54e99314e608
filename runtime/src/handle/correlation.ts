import { ownValue, pointerNames } from '../publish/own-value.ts';
import type { Content } from './envelopes.ts';

/** Reads the correlation id of an event; undefined when it has none. Called with the payload as it was validated. */
export interface Correlation {
  (payload: unknown, content: Content): string | undefined;
  /** The message attribute that it is read of. Absent when it stands in the payload. */
  readonly header?: string;
}

/** The correlation id is what a JSON pointer into the payload leads to (`$message.payload#/orderId`). */
export function correlationInPayload(pointer: string): Correlation {
  const names = pointerNames(pointer);
  return (payload) => {
    const value = names.reduce(ownValue, payload);
    return value == null || typeof value === 'object' ? undefined : `${value}`;
  };
}

/** The correlation id is the message attribute of a header (`$message.header#/requestId`, of which this is the pointer). */
export function correlationInHeader(pointer: string): Correlation {
  // The names of attributes need no escaping in a pointer.
  const header = pointer.slice(1);
  return Object.assign((_payload: unknown, { attribute }: Content) => attribute(header), { header });
}

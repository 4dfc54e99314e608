import { traceHeaderCharacters } from '@eventloom/engine';
import type { PublishError } from '../errors.ts';
import { type Outgoing, refuse } from './outgoing.ts';

/** Throws a `PublishError` for an option that is invalid wherever the event goes. */
export function checkOptions(outgoing: Outgoing): void {
  const { id, time, traceHeader } = outgoing.options;
  if (id !== undefined && !hasText(id)) throw optionInvalid(outgoing, 'id is empty');
  // Not `instanceof`: a `Date` of another realm, such as a test has, is one too.
  if (time !== undefined && !Number.isFinite(time?.getTime?.())) throw optionInvalid(outgoing, 'time is no valid date');
  if (traceHeader !== undefined && !hasText(traceHeader, traceHeaderCharacters)) {
    throw optionInvalid(outgoing, `traceHeader takes 1 to ${traceHeaderCharacters} characters`);
  }
}

/** The error that says what is wrong with an option. */
export const optionInvalid = (outgoing: Outgoing, message: string): PublishError =>
  refuse(outgoing, 'option-invalid', message);

/** Tells whether a value is a text that is not empty, nor longer than so many characters. */
export function hasText(value: unknown, most: number = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most;
}

import { compilePattern, type EventPattern, matchesPattern } from '@eventloom/engine';

/**
 * Makes the test of a filter that a handler evaluates itself, since its route cannot say all of it (`x-filter-rest`).
 * The filter is rooted at the payload. Throws a `TypeError` for what is no filter.
 */
export function matching(filter: EventPattern): (payload: unknown) => boolean {
  const compiled = compilePattern(filter);
  if (!compiled.ok) throw new TypeError(`No filter: ${compiled.errors.map(({ message }) => message).join('; ')}`);
  return (payload) => matchesPattern(compiled.pattern, payload);
}

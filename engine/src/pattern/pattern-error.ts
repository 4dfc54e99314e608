import type { LimitId } from '../limits.ts';

/** One reason why a pattern, policy or filter is refused. */
export interface PatternError {
  /** JSON pointer (RFC 6901) into the pattern: `/detail/total/0`, the empty string for the whole pattern. */
  readonly pointer: string;
  /** What is wrong there, in the words of the field; without a full stop. */
  readonly message: string;
  /** The number of AWS that is exceeded, or null when the form itself is wrong. */
  readonly limit: LimitId | null;
}

/** Collects errors while a pattern is read, so that all of them are told at once. */
export type ReportError = (pointer: string, message: string, limit?: LimitId) => void;

/** Returns a collector and the list that it fills. */
export function collectErrors(): { readonly errors: readonly PatternError[]; readonly report: ReportError } {
  const errors: PatternError[] = [];
  return { errors, report: (pointer, message, limit) => errors.push({ pointer, message, limit: limit ?? null }) };
}

/** Appends a key or an index to a JSON pointer. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

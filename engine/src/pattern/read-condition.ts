import type { JsonValue } from '../event-pattern.ts';
import type { Condition } from './condition.ts';
import type { Dialect } from './dialect.ts';
import { parseCondition } from './parse-condition.ts';
import { collectErrors, type PatternError } from './pattern-error.ts';

/** One alternative of a leaf as a dialect reads it, or every reason why the dialect refuses it. */
export type ConditionResult =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Reads one alternative of a leaf: `"eu"` or `{ "prefix": "a" }`. Pointers of errors start at the alternative.
 *
 * @example
 * readCondition({ wildcard: 'a*' }, filterPolicyDialect).ok; // false: SNS has no wildcards
 */
export function readCondition(value: JsonValue, dialect: Dialect): ConditionResult {
  const { errors, report } = collectErrors();
  const condition = parseCondition(value, '', { dialect, report });
  return condition === null || errors.length > 0 ? { ok: false, errors } : { ok: true, condition };
}

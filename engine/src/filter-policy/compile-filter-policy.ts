import { type LimitId, limits } from '../limits.ts';
import { type CompiledPattern, compileFor } from '../pattern/compile-pattern.ts';
import { filterPolicyDialect } from '../pattern/dialect.ts';
import { isArray, isObject, type JsonObject } from '../pattern/json.ts';
import { below, collectErrors, type PatternError, type ReportError } from '../pattern/pattern-error.ts';
import {
  type FilterPolicyScope,
  filterPolicyBytes,
  filterPolicyCombinations,
  filterPolicyKeys,
} from './policy-size.ts';

/** A filter policy ready to be matched. */
export interface CompiledFilterPolicy {
  readonly scope: FilterPolicyScope;
  readonly pattern: CompiledPattern;
}

/** A compiled filter policy, or every reason why SNS refuses it. */
export type FilterPolicyResult =
  | { readonly ok: true; readonly policy: CompiledFilterPolicy }
  | { readonly ok: false; readonly errors: readonly PatternError[] };

/**
 * Validates and compiles an SNS filter policy by the rules that SNS documents: its operators, its numbers, no nesting in
 * attribute scope, and the limits of keys, combinations and size (errors whose `limit` names the limit).
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function compileFilterPolicy(policy: unknown, scope: FilterPolicyScope): FilterPolicyResult {
  const result = compileFor(policy, filterPolicyDialect, (object) => checkPolicy(object, scope));
  return result.ok ? { ok: true, policy: { scope, pattern: result.pattern } } : result;
}

function checkPolicy(policy: JsonObject, scope: FilterPolicyScope): readonly PatternError[] {
  const { errors, report } = collectErrors();
  if (scope === 'MessageAttributes') checkNesting(policy, '', report);
  checkLimit('filterPolicyKeys', filterPolicyKeys(policy), report);
  checkLimit('filterPolicyCombinations', filterPolicyCombinations(policy, scope), report);
  checkLimit('filterPolicyBytes', filterPolicyBytes(policy), report);
  return errors;
}

function checkLimit(id: LimitId, value: number, report: ReportError): void {
  const limit = limits[id];
  if (value > limit.value) report('', `${value} is above ${limit.value}, the maximum of ${limit.bounds}`, id);
}

function checkNesting(object: JsonObject, pointer: string, report: ReportError): void {
  for (const [key, value] of Object.entries(object)) {
    const at = below(pointer, key);
    if (isObject(value)) report(at, 'the scope MessageAttributes does not support nested fields: attributes are flat');
    if (key !== '$or' || !isArray(value)) continue;
    value.forEach((alternative, index) => {
      if (isObject(alternative)) checkNesting(alternative, below(at, index), report);
    });
  }
}

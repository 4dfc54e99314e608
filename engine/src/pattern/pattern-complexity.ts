import type { Leaf } from './branches.ts';
import type { CompiledPattern } from './compile-pattern.ts';
import { wildcardComplexity } from './wildcard-complexity.ts';

/**
 * The wildcard complexity of a pattern, as the service judges a rule: that of its most complex field, 0 without
 * wildcards. EventBridge refuses a rule above `limits.eventPatternWildcardComplexity` with "Rule is too complex".
 *
 * event-ruler takes fields in the order of their paths. Alternatives of `$or` that start with the same fields share what
 * follows, so that wildcards of several alternatives count together; and fields after one that has to be absent are not
 * looked at. https://github.com/aws/event-ruler#matching-with-a-machine
 *
 * The work is bounded: of a pattern that is too large to be judged to its end, what is returned was reached and the true
 * number may be higher.
 */
export function patternComplexity({ branches }: CompiledPattern): number {
  const machines = new Map<string, (readonly string[])[]>();
  for (const branch of branches) {
    let before = '';
    for (const leaf of branch) {
      const key = `${before}\n${leaf.path}`;
      machines.set(key, [...(machines.get(key) ?? []), ...wildcardsOf(leaf)]);
      if (leaf.conditions.every(({ kind }) => kind === 'exists') && leaf.mayBeAbsent) break;
      before = `${before}\n${leaf.pointer}`;
    }
  }
  return [...machines.values()].reduce((most, wildcards) => Math.max(most, wildcardComplexity(wildcards)), 0);
}

/** The wildcards of a leaf, those of one `anything-but` together. */
function wildcardsOf({ conditions }: Leaf): readonly (readonly string[])[] {
  return conditions.flatMap((condition) => {
    if (condition.kind === 'text') return condition.operator === 'wildcard' ? [[condition.text]] : [];
    return condition.kind === 'anything-but-text' && condition.operator === 'wildcard' ? [condition.texts] : [];
  });
}

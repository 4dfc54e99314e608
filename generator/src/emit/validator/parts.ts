import type { Site } from './scope.ts';
import { joinRules, type Part, type Rule, type Step } from './step.ts';

/** Parts as steps: rules that stand next to each other are told at once. */
export function asSteps(parts: readonly Part[], { scope, place }: Site): readonly Step[] {
  const steps: Step[] = [];
  let rules: Rule[] = [];
  const tell = (): void => {
    const joined = joinRules(rules, () => scope.use('both'));
    if (joined !== null) steps.push({ kind: 'report', place, broken: joined.code });
    rules = [];
  };
  for (const part of parts) {
    if (part.kind === 'rule') rules.push(part);
    else {
      tell();
      steps.push(part);
    }
  }
  tell();
  return steps;
}

/** Parts as one rule; null when they are more than rules, or nothing. */
export function asRule(parts: readonly Part[], { scope }: Site): Rule | null {
  const rules = parts.filter((part) => part.kind === 'rule');
  return rules.length === parts.length ? joinRules(rules, () => scope.use('both')) : null;
}

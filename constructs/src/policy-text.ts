import { ConstructError } from './construct-error.ts';
import { holdsReference } from './inert-json.ts';

/**
 * Returns `text` as a condition value that means itself: IAM reads `${…}` as a variable.
 *
 * @throws ConstructError `dynamic-reference` where CloudFormation would put a secret in its place; no escape exists.
 */
export function policyText(text: string): string {
  const escaped = text.replaceAll('${', () => '${$}{');
  if (!holdsReference(escaped)) return escaped;
  throw new ConstructError(
    'dynamic-reference',
    `CloudFormation would replace a part of the event source or name '${text}': rename it in the spec.`,
  );
}

import { ConstructError } from '../construct-error.ts';
import { holdsReference } from '../inert-json.ts';

/**
 * Returns a text of the spec for a property that takes text and knows no escape.
 *
 * @throws ConstructError `dynamic-reference` where CloudFormation or the CDK would put something else in its place.
 */
export function plainText(what: string, text: string): string {
  if (!holdsReference(text)) return text;
  throw new ConstructError(
    'dynamic-reference',
    `CloudFormation would replace a part of the ${what} '${text}': write it without.`,
  );
}

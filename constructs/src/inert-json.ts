import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { CfnResource } from 'aws-cdk-lib';

/**
 * Sets a property of `resource` to a pattern or policy so that the template carries it unchanged: as an object where
 * that is safe, else as JSON text. `EventPattern` and `FilterPolicy` take both.
 *
 * Text is needed where CloudFormation or the CDK would read part of it as their own: `null` (which templates refuse,
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1378), fields called `Ref` or `Fn::…`,
 * dynamic references and CDK tokens. An override, since the types of the CDK know objects only.
 */
export function setPattern(resource: CfnResource, property: string, pattern: EventPattern): void {
  resource.addPropertyOverride(property, isInert(pattern) ? pattern : inertJsonText(pattern));
}

/** Returns `json` as JSON text in which neither CloudFormation nor the CDK finds a reference. */
export function inertJsonText(json: JsonValue): string {
  return JSON.stringify(json).replace(/([${#])(?=\{)/g, escapeCharacter);
}

/** Returns text for readers in which neither CloudFormation nor the CDK finds a reference: braces that start one part. */
export function inertText(text: string): string {
  return text.replace(/([{$#])(?=\{)/g, '$1 ');
}

/** Tells whether CloudFormation or the CDK would replace a part of `text`. */
export function holdsReference(text: string): boolean {
  return /\{\{resolve:|[$#]\{Token\[/.test(text);
}

function isInert(json: JsonValue): boolean {
  if (json === null) return false;
  if (typeof json === 'string') return !holdsReference(json);
  if (typeof json !== 'object') return true;
  if (Array.isArray(json)) return json.every(isInert);
  return Object.entries(json).every(([field, value]) => isInertField(field) && isInert(value));
}

function isInertField(field: string): boolean {
  return !/^(Ref|Condition|__proto__)$|^Fn::/.test(field) && !holdsReference(field);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

import {
  type Condition,
  type Dialect,
  eventBridgeDialect,
  filterPolicyDialect,
  type JsonValue,
  mappingFilterDialect,
} from '@eventloom/engine';
import { isUndocumentedNumber } from '../number-faults.ts';
import { isList, isObject } from './filter-tree.ts';

/** What a filter is compiled to: a rule, a subscription's policy over the body or over attributes, or a mapping. */
export type TargetKind = 'rule' | 'body' | 'attributes' | 'mapping';

/** What decides how conditions can be written for a target. */
export interface Target {
  readonly kind: TargetKind;
  readonly dialect: Dialect;
  /** Why a condition that the dialect knows must not be written all the same; null when it may. */
  readonly objection: (value: JsonValue) => string | null;
}

/** What each kind of target says. */
export const targets: Readonly<Record<TargetKind, Target>> = {
  rule: { kind: 'rule', dialect: eventBridgeDialect, objection: undocumentedNumber },
  body: { kind: 'body', dialect: filterPolicyDialect, objection: () => null },
  attributes: { kind: 'attributes', dialect: filterPolicyDialect, objection: escapedText },
  mapping: { kind: 'mapping', dialect: mappingFilterDialect, objection: () => null },
};

function undocumentedNumber(value: JsonValue): string | null {
  const number = scalarsIn(value).find((scalar) => typeof scalar === 'number' && isUndocumentedNumber(scalar));
  return number === undefined ? null : `${String(number)} is beyond what EventBridge documents`;
}

/**
 * SNS wants quotes and backslashes of attribute policies escaped twice, and does not say how lists and other operators
 * take part. https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
function escapedText(value: JsonValue): string | null {
  const text = scalarsIn(value).find((scalar) => typeof scalar === 'string' && /["\\]/.test(scalar));
  return text === undefined
    ? null
    : `${JSON.stringify(text)} has a quote or backslash, which SNS compares in an escaped form when it reads attributes`;
}

function scalarsIn(value: JsonValue): readonly JsonValue[] {
  if (isList(value)) return value.flatMap(scalarsIn);
  return isObject(value) ? Object.values(value).flatMap(scalarsIn) : [value];
}

/**
 * event-ruler compares with the value in its quotes, so that a prefix that ends in a quote is the whole value too, and a
 * suffix that starts with one. Nobody says whether SNS and Lambda do the same.
 */
export function meetsQuotes(condition: Condition): boolean {
  if (condition.kind === 'text') return touchesQuote(condition.operator, condition.text);
  return (
    condition.kind === 'anything-but-text' && condition.texts.some((text) => touchesQuote(condition.operator, text))
  );
}

function touchesQuote(operator: string, text: string): boolean {
  return operator.startsWith('prefix') ? text.endsWith('"') : operator.startsWith('suffix') && text.startsWith('"');
}

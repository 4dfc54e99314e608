import { isArray, isInIpv4Block, isInNumericRange, isRecord, type Json, type JsonRecord, parsed } from './json-text.ts';
import { choicesOf, elementsOf } from './list-choices.ts';

/*
 * SNS by its own documentation, written without a look at the engine, so that the two can be held against each other.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html and the pages below it, read in November 2026:
 *  - every property of the policy must match; of the values of a property one (sns-subscription-filter-policies)
 *  - String is compared as text, Number as a number, String.Array element by element, Binary not at all
 *  - `anything-but` holds for a list when an element is outside of what is excluded (string-value-matching)
 *  - `exists` looks at leaves; true wants a value that is neither null nor empty; false wants the property not to be
 *    there, and in attribute scope at least one attribute (attribute-key-matching)
 *  - in body scope the body must be a JSON object (sns-message-filtering)
 * What is not documented throws: the operators of EventBridge that SNS lacks, and nesting in attribute scope.
 * Elements of a list of objects: properties of one policy object match in one element.
 */

/** A message attribute as published. */
export interface PublishedAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
}

/** A message as published. */
export interface PublishedMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, PublishedAttribute>>;
}

/** Tells whether SNS delivers a message to a subscription with a policy; null is no policy. */
export function snsDelivers(
  policy: JsonRecord | null,
  scope: 'MessageBody' | 'MessageAttributes',
  message: PublishedMessage,
): boolean {
  if (policy === null) return true;
  if (scope === 'MessageAttributes') return attributesMatch(policy, message.attributes);
  const body = parsed(message.body);
  return isRecord(body) && bodyMatches(policy, body);
}

function attributesMatch(policy: JsonRecord, attributes: PublishedMessage['attributes']): boolean {
  if (Object.keys(attributes).length === 0) return false;
  return Object.entries(policy).every(([key, wanted]) => {
    if (!isArray(wanted)) throw new Error(`attributes are flat: ${key}`);
    if (key === '$or') return wanted.some((branch) => isRecord(branch) && attributesMatch(branch, attributes));
    const attribute = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    return matchesOne(wanted, attribute === undefined ? [] : valuesOf(attribute));
  });
}

function valuesOf({ DataType, StringValue = '' }: PublishedAttribute): readonly Json[] {
  if (DataType === 'String') return [StringValue];
  if (DataType === 'Number') return [Number(StringValue)];
  const list = DataType === 'String.Array' ? parsed(StringValue) : [];
  return isArray(list) ? list : [];
}

/**
 * In a body an array stands for its elements. Those of an array that holds objects are tried as wholes: whatever the
 * policy says below the array must hold in one of them.
 */
function bodyMatches(policy: JsonRecord, body: JsonRecord): boolean {
  return choicesOf(body, policy).some((choice) => objectMatches(policy, choice));
}

function objectMatches(policy: JsonRecord, body: JsonRecord): boolean {
  return Object.entries(policy).every(([key, wanted]) => {
    if (key === '$or' && isArray(wanted))
      return wanted.some((branch) => isRecord(branch) && objectMatches(branch, body));
    const value = Object.hasOwn(body, key) ? body[key] : undefined;
    if (isArray(wanted)) return matchesOne(wanted, value === undefined ? [] : elementsOf(value).filter(isLeaf));
    if (!isRecord(wanted)) throw new Error(`neither a list nor an object: ${key}`);
    return objectMatches(wanted, isRecord(value) ? value : {});
  });
}

function isLeaf(value: Json): boolean {
  return !isRecord(value) && !isArray(value);
}

/** The values of a property; none when it is not there. */
function matchesOne(wanted: readonly Json[], values: readonly Json[]): boolean {
  return wanted.some((condition) => {
    if (isRecord(condition) && condition.exists === false) return values.length === 0;
    return values.some((value) => isRight(value, condition));
  });
}

function isRight(value: Json, condition: Json): boolean {
  if (!isRecord(condition)) return value === condition;
  const [[operator, operand] = ['', null], ...more] = Object.entries(condition);
  if (more.length > 0) throw new Error(`several operators: ${JSON.stringify(condition)}`);
  switch (operator) {
    case 'exists':
      return value !== null && value !== '';
    case 'numeric':
      return typeof value === 'number' && isArray(operand) && isInNumericRange(value, operand);
    case 'anything-but':
      return !isExcluded(value, operand);
    default:
      return typeof operand === 'string' && typeof value === 'string' && textMatches(operator, value, operand);
  }
}

function isExcluded(value: Json, operand: Json): boolean {
  if (!isRecord(operand)) return (isArray(operand) ? operand : [operand]).includes(value);
  const { prefix, ...others } = operand;
  if (typeof prefix !== 'string' || Object.keys(others).length > 0)
    throw new Error('SNS excludes values and one prefix');
  return typeof value === 'string' && value.startsWith(prefix);
}

function textMatches(operator: string, value: string, operand: string): boolean {
  switch (operator) {
    case 'prefix':
      return value.startsWith(operand);
    case 'suffix':
      return value.endsWith(operand);
    case 'equals-ignore-case':
      return value.toLowerCase() === operand.toLowerCase();
    case 'cidr':
      return isInIpv4Block(value, operand);
    default:
      throw new Error(`SNS has no ${operator}`);
  }
}

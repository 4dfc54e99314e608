import type { JsonValue } from '../event-pattern.ts';
import { matchesPattern } from '../pattern/compile-pattern.ts';
import { isArray, isObject } from '../pattern/json.ts';
import { parseJson } from '../pattern/parse-json.ts';
import type { CompiledFilterPolicy } from './compile-filter-policy.ts';

/** A message attribute as far as filters look at it. */
export interface FilterableAttribute {
  /** `String`, `String.Array`, `Number` or `Binary`, perhaps with a custom suffix such as `Number.int`. */
  readonly dataType: string;
  /** Null when the value is binary. */
  readonly stringValue: string | null;
}

/** What a filter policy looks at. */
export interface FilterableMessage {
  readonly body: string;
  readonly attributes: ReadonlyMap<string, FilterableAttribute>;
}

/**
 * Tells whether SNS delivers a message to a subscription with this filter policy.
 *
 * In body scope the body must be the text of a JSON object, else nothing matches. In attribute scope `String` is compared
 * as text, `Number` as a number, `String.Array` element by element; `Binary` is ignored, and a message without any
 * attributes never matches, not even `exists: false`.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 * https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function matchesFilterPolicy({ scope, pattern }: CompiledFilterPolicy, message: FilterableMessage): boolean {
  if (scope === 'MessageBody') {
    const body = parseJson(message.body);
    return isObject(body) && matchesPattern(pattern, body);
  }
  if (message.attributes.size === 0) return false;
  const values = [...message.attributes].map(([name, attribute]) => [name, filterable(attribute)] as const);
  return matchesPattern(pattern, Object.fromEntries(values));
}

/** An attribute that takes no part in filtering is an empty array: a field without a value. */
function filterable({ dataType, stringValue }: FilterableAttribute): JsonValue {
  if (stringValue === null) return [];
  if (dataType === 'String.Array') {
    const values = parseJson(stringValue);
    return isArray(values) ? values.filter((value) => typeof value !== 'object' || value === null) : [];
  }
  const [type] = dataType.split('.', 1);
  if (type === 'Number') return Number(stringValue);
  return type === 'String' ? stringValue : [];
}

import { isArray, isInNumericRange, isRecord, type Json, type JsonRecord, parsed } from './json-text.ts';
import { choicesOf } from './list-choices.ts';

/*
 * Filters of event source mappings by Lambda's documentation, written without a look at the engine. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * A condition on lists holds when it holds for an element. `exists` works on leaves. What is not in the table of rules
 * of that page throws.
 */

/** Tells whether Lambda hands a message of a queue to the function; it deletes the others. */
export function mappingTakes(filter: JsonRecord | null, body: string): boolean {
  const json = parsed(body);
  return filter === null || (json !== undefined && takes(filter, { body: json }));
}

function takes(filter: JsonRecord, record: JsonRecord): boolean {
  return choicesOf(record, filter).some((choice) => matches(filter, choice));
}

function matches(filter: JsonRecord, record: Json | undefined): boolean {
  const event = isRecord(record) ? record : {};
  return Object.entries(filter).every(([key, wanted]) => {
    if (key === '$or' && isArray(wanted)) return wanted.some((branch) => isRecord(branch) && matches(branch, event));
    const value = Object.hasOwn(event, key) ? event[key] : undefined;
    if (isRecord(wanted)) return matches(wanted, value);
    if (!isArray(wanted)) throw new Error(`neither a list nor an object: ${key}`);
    const values = leavesOf(value);
    return wanted.some((rule) => holds(rule, values));
  });
}

function leavesOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || isRecord(value)) return [];
  return isArray(value) ? value.flatMap(leavesOf) : [value];
}

function holds(rule: Json, values: readonly Json[]): boolean {
  if (!isRecord(rule)) return values.includes(rule);
  const [[operator, operand] = ['', null]] = Object.entries(rule);
  switch (operator) {
    case 'exists':
      return values.length > 0 === operand;
    case 'prefix':
      return values.some((value) => typeof value === 'string' && value.startsWith(String(operand)));
    case 'suffix':
      return values.some((value) => typeof value === 'string' && value.endsWith(String(operand)));
    case 'equals-ignore-case':
      return values.some((value) => typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase());
    case 'numeric':
      return values.some((value) => typeof value === 'number' && isArray(operand) && isInNumericRange(value, operand));
    case 'anything-but': {
      if (isRecord(operand)) throw new Error('Lambda excludes values only');
      const excluded = isArray(operand) ? operand : [operand];
      return values.some((value) => !excluded.includes(value));
    }
    default:
      throw new Error(`Lambda has no ${operator}`);
  }
}

import type { JsonValue } from '../event-pattern.ts';
import type { Condition, TextOperator } from './condition.ts';
import type { Dialect } from './dialect.ts';
import { addressDigits, blockOfAddresses } from './ip-address.ts';
import { isArray, isObject, type JsonObject, typeInWords } from './json.ts';
import { parseAnythingBut } from './parse-anything-but.ts';
import { isUsableNumber, parseNumeric } from './parse-numeric.ts';
import { allowed, onlyEntry, type ParseContext, parseOperandOf, parseText } from './parse-operand.ts';
import { below } from './pattern-error.ts';

/** Reads one alternative of a leaf. Reports and returns null when it is malformed. */
export function parseCondition(value: JsonValue, pointer: string, context: ParseContext): Condition | null {
  if (isArray(value)) {
    context.report(pointer, 'a value must be a string, a number, true, false, null or a condition, not an array');
    return null;
  }
  if (isObject(value)) return parseExpression(value, pointer, context);
  if (typeof value === 'number' && !isUsableNumber(value, pointer, context)) return null;
  const digits = typeof value === 'string' && context.dialect.comparesAddresses ? addressDigits(value) : null;
  if (typeof value === 'string' && digits !== null) return { kind: 'address', text: value, digits };
  return { kind: 'exact', value };
}

function parseExpression(expression: JsonObject, pointer: string, context: ParseContext): Condition | null {
  const entry = onlyEntry(expression, pointer, context);
  if (entry === null) return null;
  const [operator, operand] = entry;
  const at = below(pointer, operator);
  switch (operator) {
    case 'exactly': {
      const text = allowed(operator, at, context) ? parseText(operand, at, context) : null;
      return text === null ? null : { kind: 'exact', value: text };
    }
    case 'prefix':
    case 'suffix':
      return isObject(operand)
        ? parseInner(operator, operand, at, context)
        : parseTextOperator(operator, operand, at, context);
    case 'equals-ignore-case':
    case 'wildcard':
      return parseTextOperator(operator, operand, at, context);
    case 'anything-but':
      return parseAnythingBut(operand, at, context);
    case 'numeric':
      return allowed(operator, at, context) ? parseNumeric(operand, at, context) : null;
    case 'cidr':
      return allowed(operator, at, context) ? parseCidr(operand, at, context) : null;
    case 'exists':
      return parseExists(operand, at, context);
    default:
      context.report(at, `"${operator}" is not an operator; the operators are ${operatorsInWords(context.dialect)}`);
      return null;
  }
}

function parseTextOperator(
  operator: TextOperator,
  operand: JsonValue,
  at: string,
  context: ParseContext,
): Condition | null {
  if (!allowed(operator, at, context)) return null;
  const text = parseOperandOf(operator, operand, at, context);
  return text === null ? null : { kind: 'text', operator, text };
}

function parseInner(
  outer: 'prefix' | 'suffix',
  operand: JsonObject,
  at: string,
  context: ParseContext,
): Condition | null {
  const entry = onlyEntry(operand, at, context);
  if (entry === null) return null;
  if (entry[0] !== 'equals-ignore-case') {
    context.report(below(at, entry[0]), `"${outer}" takes a string or { "equals-ignore-case": … }, not "${entry[0]}"`);
    return null;
  }
  return parseTextOperator(`${outer}/equals-ignore-case`, entry[1], below(at, entry[0]), context);
}

function parseCidr(operand: JsonValue, pointer: string, context: ParseContext): Condition | null {
  const text = parseText(operand, pointer, context);
  if (text === null) return null;
  const block = blockOfAddresses(text);
  if (typeof block !== 'string') return { kind: 'cidr', text, ...block };
  context.report(pointer, block);
  return null;
}

function parseExists(operand: JsonValue, pointer: string, { dialect, report }: ParseContext): Condition | null {
  if (typeof operand === 'boolean') {
    return { kind: 'exists', wanted: operand, needsContent: dialect.existsNeedsContent };
  }
  report(pointer, `"exists" takes true or false, not ${typeInWords(operand)}`);
  return null;
}

function operatorsInWords(dialect: Dialect): string {
  const names = [...dialect.operators].filter((name) => !name.includes('/') && !name.startsWith('exact'));
  return names.map((name) => `"${name}"`).join(', ');
}

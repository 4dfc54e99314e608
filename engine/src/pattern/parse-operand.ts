import type { JsonValue } from '../event-pattern.ts';
import type { Operator, TextOperator } from './condition.ts';
import type { Dialect } from './dialect.ts';
import { type JsonObject, typeInWords } from './json.ts';
import type { ReportError } from './pattern-error.ts';
import { parseWildcard } from './wildcard.ts';

/** What a condition may say, and who is told of its errors. */
export interface ParseContext {
  readonly dialect: Dialect;
  readonly report: ReportError;
}

/** Reads the one key of an expression and its operand. */
export function onlyEntry(
  expression: JsonObject,
  pointer: string,
  { report }: ParseContext,
): [string, JsonValue] | null {
  const [entry, ...rest] = Object.entries(expression);
  if (entry !== undefined && rest.length === 0) return entry;
  report(
    pointer,
    entry === undefined
      ? 'a condition needs an operator, as in { "prefix": "a" }'
      : 'a condition has one operator; write further ones as further members of the array',
  );
  return null;
}

/** Tells whether the dialect knows the operator; reports it when not. */
export function allowed(operator: Operator, pointer: string, { dialect, report }: ParseContext): boolean {
  if (dialect.operators.has(operator)) return true;
  report(pointer, `${dialect.name} does not support "${operator.replace('/', '" with "')}"`);
  return false;
}

/** Reads a string operand. */
export function parseText(operand: JsonValue, pointer: string, { report }: ParseContext): string | null {
  if (typeof operand === 'string') return operand;
  report(pointer, `the value must be a string, not ${typeInWords(operand)}`);
  return null;
}

/** Reads a string operand and checks it when it is a wildcard. */
export function parseOperandOf(
  operator: TextOperator,
  operand: JsonValue,
  at: string,
  context: ParseContext,
): string | null {
  const text = parseText(operand, at, context);
  if (text === null || operator !== 'wildcard') return text;
  const pieces = parseWildcard(text);
  if (typeof pieces !== 'string') return text;
  context.report(at, pieces);
  return null;
}

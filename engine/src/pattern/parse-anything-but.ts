import type { JsonValue } from '../event-pattern.ts';
import type { Condition } from './condition.ts';
import { isArray, isObject, type JsonObject, typeInWords } from './json.ts';
import { isUsableNumber } from './parse-numeric.ts';
import { allowed, onlyEntry, type ParseContext, parseOperandOf } from './parse-operand.ts';
import { below } from './pattern-error.ts';

const inner = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'] as const;
type Inner = (typeof inner)[number];

/** Reads the operand of `anything-but`: a value, a list of values, or one of four operators with a text or a list. */
export function parseAnythingBut(operand: JsonValue, pointer: string, context: ParseContext): Condition | null {
  if (isObject(operand)) return parseInnerOperator(operand, pointer, context);
  if (!allowed('anything-but', pointer, context)) return null;
  const list = isArray(operand) ? operand : [operand];
  const values = list.map((value, index) =>
    parseValue(value, isArray(operand) ? below(pointer, index) : pointer, context),
  );
  if (values.length === 0) {
    context.report(pointer, '"anything-but" needs at least one value');
    return null;
  }
  if (!values.every((value) => value !== null)) return null;
  if (new Set(values.map((value) => typeof value)).size > 1) {
    context.report(pointer, 'the values of "anything-but" must be all strings or all numbers');
    return null;
  }
  return { kind: 'anything-but', values };
}

function parseValue(value: JsonValue, pointer: string, context: ParseContext): string | number | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return isUsableNumber(value, pointer, context) ? value : null;
  context.report(pointer, `"anything-but" takes strings or numbers, not ${typeInWords(value)}`);
  return null;
}

function parseInnerOperator(operand: JsonObject, pointer: string, context: ParseContext): Condition | null {
  const entry = onlyEntry(operand, pointer, context);
  if (entry === null) return null;
  const at = below(pointer, entry[0]);
  if (!isInner(entry[0])) {
    context.report(
      at,
      `"anything-but" takes values, or one of ${inner.map((name) => `"${name}"`).join(', ')}; not "${entry[0]}"`,
    );
    return null;
  }
  const operator = entry[0];
  if (!allowed(`anything-but/${operator}`, at, context)) return null;
  const texts = parseTexts(operator, entry[1], at, context);
  return texts === null ? null : { kind: 'anything-but-text', operator, texts };
}

function isInner(name: string): name is Inner {
  return (inner as readonly string[]).includes(name);
}

function parseTexts(operator: Inner, operand: JsonValue, at: string, context: ParseContext): readonly string[] | null {
  const list = isArray(operand) ? operand : [operand];
  if (isArray(operand) && !context.dialect.excludesLists) {
    context.report(at, `${context.dialect.name} takes one text for "${operator}" inside "anything-but", not a list`);
    return null;
  }
  if (list.length === 0) context.report(at, `"${operator}" needs at least one value`);
  const texts = list.map((value, index) => {
    const pointer = isArray(operand) ? below(at, index) : at;
    const text = parseOperandOf(operator, value, pointer, context);
    if (text === '' && (operator === 'prefix' || operator === 'suffix')) {
      context.report(pointer, `an empty ${operator} is not allowed here: it would exclude every string`);
      return null;
    }
    return text;
  });
  return texts.length > 0 && texts.every((text) => text !== null) ? texts : null;
}

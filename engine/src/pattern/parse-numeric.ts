import type { JsonValue } from '../event-pattern.ts';
import { limits } from '../limits.ts';
import type { Comparison, Condition } from './condition.ts';
import { isArray, typeInWords } from './json.ts';
import type { ParseContext } from './parse-operand.ts';
import { below } from './pattern-error.ts';

/** Reads the operand of `numeric`: one comparison, or a lower bound and then an upper one. */
export function parseNumeric(operand: JsonValue, pointer: string, context: ParseContext): Condition | null {
  if (!isArray(operand)) {
    context.report(pointer, `"numeric" takes an array, as in [">", 0, "<=", 5], not ${typeInWords(operand)}`);
    return null;
  }
  const first = parseComparison(operand, 0, pointer, context);
  if (first === null) return null;
  if (operand.length === 2)
    return isOpenRange(first, pointer, context) ? { kind: 'numeric', comparisons: [first] } : null;
  if (!first.operator.startsWith('>') || operand.length > 4) {
    context.report(pointer, `too many elements: only ">" or ">=" may be followed by "<" or "<="`);
    return null;
  }
  const second = parseComparison(operand, 2, pointer, context);
  if (second === null || !isRange(first, second, pointer, context)) return null;
  return { kind: 'numeric', comparisons: [first, second] };
}

/** Tells whether a number can be compared: finite, and within the dialect's bounds; reports it when not. */
export function isUsableNumber(value: number, pointer: string, { dialect, report }: ParseContext): boolean {
  if (!Number.isFinite(value)) {
    report(pointer, 'the number is too large to be compared');
    return false;
  }
  if (dialect.numbers === null) return true;
  const { minimum, maximum, decimals } = dialect.numbers;
  if (value < limits[minimum].value || value > limits[maximum].value) {
    const limit = value < 0 ? minimum : maximum;
    report(
      pointer,
      `${value} is out of range: ${dialect.name} takes ${limits[minimum].value} to ${limits[maximum].value}`,
      limit,
    );
    return false;
  }
  const behind = decimalsOf(value);
  if (behind > limits[decimals].value) {
    report(pointer, `${value} has ${behind} digits after the point, more than ${limits[decimals].value}`, decimals);
    return false;
  }
  return true;
}

/** Counts the digits after the point that a number needs: 2 for `0.25`, 7 for `1e-7`. */
export function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}

const operators: readonly string[] = ['=', '<', '<=', '>', '>='];

function isOperator(value: unknown): value is Comparison['operator'] {
  return typeof value === 'string' && operators.includes(value);
}

function parseComparison(
  operand: readonly JsonValue[],
  index: number,
  pointer: string,
  context: ParseContext,
): Comparison | null {
  const operator = operand[index];
  const value = operand[index + 1];
  if (!isOperator(operator)) {
    const received = typeof operator === 'string' ? `"${operator}"` : typeInWords(operator);
    context.report(below(pointer, index), `a comparison starts with "=", "<", "<=", ">" or ">=", not ${received}`);
    return null;
  }
  if (typeof value !== 'number') {
    context.report(below(pointer, index + 1), `the value of "${operator}" must be a number, not ${typeInWords(value)}`);
    return null;
  }
  return isUsableNumber(value, below(pointer, index + 1), context) ? { operator, value } : null;
}

/** A single comparison is a range up to the largest double; event-ruler refuses one that holds a single number. */
function isOpenRange({ operator, value }: Comparison, pointer: string, { report }: ParseContext): boolean {
  if (operator === '=' || value !== (operator.startsWith('>') ? Number.MAX_VALUE : -Number.MAX_VALUE)) return true;
  report(pointer, `no number is left beyond ${value}`);
  return false;
}

function isRange(bottom: Comparison, top: Comparison, pointer: string, { report }: ParseContext): boolean {
  if (!top.operator.startsWith('<')) {
    report(below(pointer, 2), `"${bottom.operator}" may be followed by "<" or "<=", not by "${top.operator}"`);
    return false;
  }
  if (bottom.value < top.value) return true;
  report(pointer, `the lower bound ${bottom.value} must be less than the upper bound ${top.value}`);
  return false;
}

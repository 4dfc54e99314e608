import { wholeNumber } from './decimal.ts';
import { invalid } from './invalid.ts';
import { type Path, type Reading, readPath, type Scope, valueAt } from './scope.ts';
import { readTokens } from './tokens.ts';
import { compare, equal, type Item, textOf, type Value } from './value.ts';

/** Says whether an item meets a condition; an item that does not exist has no attributes. */
export type Condition = (item: Item) => boolean;

type Operand = (item: Item) => Value | undefined;

/**
 * Compiles a condition expression. Throws a `ValidationException`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function compileCondition(expression: string, scope: Scope, parameter = 'ConditionExpression'): Condition {
  const reading: Reading = { tokens: readTokens(expression, parameter), scope, parameter };
  const condition = readEither(reading);
  if (reading.tokens.peek().kind !== 'end') reading.tokens.fail();
  return condition;
}

function readEither(reading: Reading): Condition {
  const options = [readAll(reading)];
  while (reading.tokens.take('OR')) options.push(readAll(reading));
  return (item) => options.some((option) => option(item));
}

function readAll(reading: Reading): Condition {
  const parts = [readNot(reading)];
  while (reading.tokens.take('AND')) parts.push(readNot(reading));
  return (item) => parts.every((part) => part(item));
}

function readNot(reading: Reading): Condition {
  if (!reading.tokens.take('NOT')) return readTerm(reading);
  const negated = readNot(reading);
  return (item) => !negated(item);
}

function readTerm(reading: Reading): Condition {
  const { tokens } = reading;
  if (tokens.take('(')) {
    const inner = readEither(reading);
    tokens.expect(')');
    return inner;
  }
  return readFunction(reading) ?? readComparison(reading, readOperand(reading));
}

function readComparison(reading: Reading, left: Operand): Condition {
  const { tokens } = reading;
  if (tokens.take('BETWEEN')) {
    const least = readOperand(reading);
    tokens.expect('AND');
    const most = readOperand(reading);
    return (item) => holds('>=', left(item), least(item)) && holds('<=', left(item), most(item));
  }
  if (tokens.take('IN')) {
    tokens.expect('(');
    const options = [readOperand(reading)];
    while (tokens.take(',')) options.push(readOperand(reading));
    tokens.expect(')');
    return (item) => options.some((option) => holds('=', left(item), option(item)));
  }
  const comparator = comparators.find((candidate) => tokens.take(candidate)) ?? tokens.fail();
  const right = readOperand(reading);
  return (item) => holds(comparator, left(item), right(item));
}

const comparators = ['=', '<>', '<=', '>=', '<', '>'] as const;

/** A missing attribute is equal to nothing, and neither above nor below anything. */
function holds(comparator: (typeof comparators)[number], left: Value | undefined, right: Value | undefined): boolean {
  const both = left !== undefined && right !== undefined;
  if (comparator === '=') return both && equal(left, right);
  if (comparator === '<>') return !both || !equal(left, right);
  const order = both ? compare(left, right) : null;
  if (order === null) return false;
  if (comparator.endsWith('=') && order === 0) return true;
  return comparator.startsWith('<') ? order < 0 : order > 0;
}

function readOperand(reading: Reading): Operand {
  const { tokens, scope, parameter } = reading;
  const { kind, text } = tokens.peek();
  if (kind === 'value') {
    tokens.next();
    const value = scope.value(text, parameter);
    return () => value;
  }
  const path = readPath(reading);
  if (!tokens.take('(')) return (item) => valueAt(item, path);
  if (path.join('.') !== 'size')
    throw invalid(`Invalid ${parameter}: Invalid function name; function: ${path.join('.')}`);
  const measured = readOperand(reading);
  tokens.expect(')');
  return (item) => sizeOf(measured(item));
}

function sizeOf(value: Value | undefined): Value | undefined {
  switch (value?.type) {
    case 'S':
      return number(Buffer.byteLength(value.value));
    case 'B':
      return number(Buffer.byteLength(value.value, 'base64'));
    case 'M':
      return number(value.value.size);
    case 'L':
    case 'SS':
    case 'BS':
    case 'NS':
      return number(value.value.length);
    default:
      return undefined;
  }
}

function number(value: number): Value {
  return { type: 'N', value: wholeNumber(value) };
}

type Test = (reading: Reading, path: Path) => Condition;

const functions: ReadonlyMap<string, Test> = new Map([
  ['attribute_exists', (_, path) => (item) => valueAt(item, path) !== undefined],
  ['attribute_not_exists', (_, path) => (item) => valueAt(item, path) === undefined],
  ['attribute_type', (reading, path) => withArgument(reading, path, (value, type) => textIn(type) === value.type)],
  ['begins_with', (reading, path) => withArgument(reading, path, beginsWith)],
  ['contains', (reading, path) => withArgument(reading, path, contains)],
] satisfies [string, Test][]);

function readFunction(reading: Reading): Condition | null {
  const { tokens } = reading;
  const { kind, text } = tokens.peek();
  const test = kind === 'word' ? functions.get(text) : undefined;
  if (test === undefined) return null;
  tokens.next();
  tokens.expect('(');
  const condition = test(reading, readPath(reading));
  tokens.expect(')');
  return condition;
}

function withArgument(reading: Reading, path: Path, test: (value: Value, argument: Value) => boolean): Condition {
  reading.tokens.expect(',');
  const argument = readOperand(reading);
  return (item) => {
    const [value, other] = [valueAt(item, path), argument(item)];
    return value !== undefined && other !== undefined && test(value, other);
  };
}

function textIn(value: Value): string | null {
  return value.type === 'S' ? value.value : null;
}

function beginsWith(value: Value, prefix: Value): boolean {
  if (value.type === 'S' && prefix.type === 'S') return value.value.startsWith(prefix.value);
  if (value.type !== 'B' || prefix.type !== 'B') return false;
  const start = Buffer.from(prefix.value, 'base64');
  return Buffer.from(value.value, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: Value, part: Value): boolean {
  switch (value.type) {
    case 'S':
      return part.type === 'S' && value.value.includes(part.value);
    case 'B':
      return part.type === 'B' && Buffer.from(value.value, 'base64').includes(Buffer.from(part.value, 'base64'));
    case 'L':
      return value.value.some((element) => equal(element, part));
    case 'SS':
    case 'BS':
    case 'NS':
      return value.value.some(
        (element) => element.type === part.type && textOf(element) === textOf(part as typeof element),
      );
    default:
      return false;
  }
}

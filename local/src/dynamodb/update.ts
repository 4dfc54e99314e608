import { add, negate } from './decimal.ts';
import { invalid } from './invalid.ts';
import { type Path, type Reading, readPath, type Scope, valueAt } from './scope.ts';
import { readTokens } from './tokens.ts';
import { equal, type Item, type Value } from './value.ts';
import { removeAt, setAt } from './write-path.ts';

/** Makes the item that an update leaves. Throws a `ValidationException` when it does not fit the item. */
export interface Update {
  /** What it writes to. */
  readonly paths: readonly Path[];
  apply(item: Item): Item;
}

type Operand = (item: Item) => Value;

/** One change: made to `draft`, by what stood in `before`. */
interface Action {
  readonly path: Path;
  readonly isRemoval: boolean;
  change(before: Item, draft: Item): Item;
}

const parameter = 'UpdateExpression';

/**
 * Compiles an update expression. Throws a `ValidationException`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function compileUpdate(expression: string, scope: Scope): Update {
  const reading: Reading = { tokens: readTokens(expression, parameter), scope, parameter };
  const actions = readClauses(reading);
  const paths = actions.map(({ path }) => path);
  checkOverlap(paths);
  // Removed elements of a list make the others move up: the last go first, and after everything else.
  const ordered = [...actions].sort(
    (left, right) => Number(left.isRemoval) - Number(right.isRemoval) || lastIndex(right) - lastIndex(left),
  );
  return { paths, apply: (item) => ordered.reduce((draft, { change }) => change(item, draft), item) };
}

function lastIndex({ path, isRemoval }: Action): number {
  const last = path.at(-1);
  if (typeof last !== 'number') return 0;
  return isRemoval ? last : -last;
}

function readClauses(reading: Reading): readonly Action[] {
  const { tokens } = reading;
  const actions: Action[] = [];
  const seen = new Set<string>();
  while (tokens.peek().kind !== 'end') {
    const clause = [...clauses.keys()].find((keyword) => tokens.take(keyword)) ?? tokens.fail();
    if (seen.has(clause)) {
      throw invalid(`Invalid ${parameter}: The "${clause}" section can only be used once in an update expression;`);
    }
    seen.add(clause);
    const read = clauses.get(clause) ?? tokens.fail();
    do actions.push(read(reading));
    while (tokens.take(','));
  }
  return actions;
}

const clauses: ReadonlyMap<string, (reading: Reading) => Action> = new Map([
  ['SET', readSet],
  ['REMOVE', readRemove],
  ['ADD', readAdd],
  ['DELETE', readDelete],
]);

function readSet(reading: Reading): Action {
  const path = readPath(reading);
  reading.tokens.expect('=');
  const first = readOperand(reading);
  const sign = (['+', '-'] as const).find((symbol) => reading.tokens.take(symbol));
  const second = sign === undefined ? null : readOperand(reading);
  const value: Operand = second === null ? first : (item) => sum(first(item), second(item), sign === '-');
  return { path, isRemoval: false, change: (before, draft) => setAt(draft, path, value(before)) };
}

function sum(left: Value, right: Value, isDifference: boolean): Value {
  if (left.type !== 'N' || right.type !== 'N') {
    throw invalid('An operand in the update expression has an incorrect data type');
  }
  const value = add(left.value, isDifference ? negate(right.value) : right.value);
  if (value === null)
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported');
  return { type: 'N', value };
}

function readOperand(reading: Reading): Operand {
  const { tokens, scope } = reading;
  const { kind, text } = tokens.peek();
  if (kind === 'value') {
    tokens.next();
    const value = scope.value(text, parameter);
    return () => value;
  }
  const path = readPath(reading);
  if (!tokens.take('(')) return (item) => valueAt(item, path) ?? missing();
  const operand = readFunction(reading, path.join('.'));
  tokens.expect(')');
  return operand;
}

function readFunction(reading: Reading, name: string): Operand {
  if (name === 'if_not_exists') {
    const path = readPath(reading);
    reading.tokens.expect(',');
    const otherwise = readOperand(reading);
    return (item) => valueAt(item, path) ?? otherwise(item);
  }
  if (name !== 'list_append') throw invalid(`Invalid ${parameter}: Invalid function name; function: ${name}`);
  const left = readOperand(reading);
  reading.tokens.expect(',');
  const right = readOperand(reading);
  return (item) => append(left(item), right(item));
}

function append(left: Value, right: Value): Value {
  if (left.type !== 'L' || right.type !== 'L') {
    throw invalid('An operand in the update expression has an incorrect data type');
  }
  return { type: 'L', value: [...left.value, ...right.value] };
}

function missing(): never {
  throw invalid('The provided expression refers to an attribute that does not exist in the item');
}

function readRemove(reading: Reading): Action {
  const path = readPath(reading);
  return { path, isRemoval: true, change: (_, draft) => removeAt(draft, path) };
}

function readAdd(reading: Reading): Action {
  const path = readPath(reading);
  const argument = readArgument(reading);
  const change = (before: Item, draft: Item) => {
    const value = valueAt(before, path);
    return setAt(draft, path, value === undefined ? argument : added(value, argument));
  };
  return { path, isRemoval: false, change };
}

function added(value: Value, argument: Value): Value {
  if (!isSet(value) || !isSet(argument) || value.type !== argument.type) return sum(value, argument, false);
  const others = argument.value.filter((element) => !value.value.some((present) => equal(present, element)));
  return { type: value.type, value: [...value.value, ...others] };
}

function readDelete(reading: Reading): Action {
  const path = readPath(reading);
  const argument = readArgument(reading);
  const change = (before: Item, draft: Item) => {
    const value = valueAt(before, path);
    if (value === undefined) return draft;
    if (!isSet(value) || !isSet(argument) || value.type !== argument.type) {
      throw invalid('An operand in the update expression has an incorrect data type');
    }
    const rest = value.value.filter((element) => !argument.value.some((other) => equal(other, element)));
    return rest.length === 0 ? removeAt(draft, path) : setAt(draft, path, { type: value.type, value: rest });
  };
  return { path, isRemoval: false, change };
}

function readArgument({ tokens, scope }: Reading): Value {
  if (tokens.peek().kind !== 'value') tokens.fail();
  return scope.value(tokens.next().text, parameter);
}

function isSet(value: Value): value is Extract<Value, { readonly type: 'SS' | 'BS' | 'NS' }> {
  return value.type === 'SS' || value.type === 'BS' || value.type === 'NS';
}

function checkOverlap(paths: readonly Path[]): void {
  paths.forEach((path, index) => {
    const other = paths.slice(index + 1).find((candidate) => overlaps(path, candidate));
    if (other === undefined) return;
    throw invalid(
      `Invalid ${parameter}: Two document paths overlap with each other; must remove or rewrite one of these paths; ` +
        `path one: [${path.join(', ')}], path two: [${other.join(', ')}]`,
    );
  });
}

function overlaps(left: Path, right: Path): boolean {
  const shared = Math.min(left.length, right.length);
  return left.slice(0, shared).every((step, index) => step === right[index]);
}

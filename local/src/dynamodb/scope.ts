import type { WireInput } from '../wire/call.ts';
import { invalid } from './invalid.ts';
import type { TokenReader } from './tokens.ts';
import { readValue, type Value } from './value.ts';

/** A place in an item: names of attributes and indices of lists, from the outside inwards. */
export type Path = readonly (string | number)[];

/** What the placeholders of a request's expressions stand for. */
export interface Scope {
  /** Throws when there is no such placeholder. `parameter` is what the request calls the expression. */
  name(placeholder: string, parameter: string): string;
  value(placeholder: string, parameter: string): Value;
  /** Throws when a placeholder was used by none of the expressions. */
  checkUse(): void;
}

/** Reads `ExpressionAttributeNames` and `ExpressionAttributeValues`. */
export function readScope(input: WireInput): Scope {
  const names = new Map(Object.entries((input.ExpressionAttributeNames ?? {}) as Record<string, unknown>));
  const values = new Map(Object.entries((input.ExpressionAttributeValues ?? {}) as Record<string, unknown>));
  const used = new Set<string>();
  const find = <T>(from: ReadonlyMap<string, T>, [placeholder, parameter]: [string, string], what: string): T => {
    used.add(placeholder);
    const found = from.get(placeholder);
    if (found !== undefined) return found;
    throw invalid(
      `Invalid ${parameter}: An expression attribute ${what}; attribute ${what.slice(0, 5)}: ${placeholder}`,
    );
  };
  return {
    name: (...about) => String(find(names, about, 'name used in the document path is not defined')),
    value: (...about) => readValue(find(values, about, 'value used in expression is not defined')),
    checkUse: () => {
      checkUsed(names, used, 'ExpressionAttributeNames');
      checkUsed(values, used, 'ExpressionAttributeValues');
    },
  };
}

function checkUsed(given: ReadonlyMap<string, unknown>, used: ReadonlySet<string>, field: string): void {
  const unused = [...given.keys()].filter((placeholder) => !used.has(placeholder));
  if (unused.length === 0) return;
  throw invalid(`Value provided in ${field} unused in expressions: keys: {${unused.join(', ')}}`);
}

/** An expression while it is read. */
export interface Reading {
  readonly tokens: TokenReader;
  readonly scope: Scope;
  /** What the request calls the expression. */
  readonly parameter: string;
}

/** Reads a document path: `a.#b[1].c`. */
export function readPath(reading: Reading): Path {
  const { tokens } = reading;
  const path: (string | number)[] = [readName(reading)];
  for (;;) {
    if (tokens.take('.')) path.push(readName(reading));
    else if (tokens.take('[')) {
      if (tokens.peek().kind !== 'index') tokens.fail();
      path.push(Number(tokens.next().text));
      tokens.expect(']');
    } else return path;
  }
}

function readName({ tokens, scope, parameter }: Reading): string {
  const { kind, text } = tokens.peek();
  if (kind !== 'word' && kind !== 'name') tokens.fail();
  tokens.next();
  return kind === 'name' ? scope.name(text, parameter) : text;
}

/** The value at a path; undefined when there is none. */
export function valueAt(item: ReadonlyMap<string, Value>, path: Path): Value | undefined {
  let value: Value | undefined = { type: 'M', value: item };
  for (const step of path) {
    if (typeof step === 'string') value = value?.type === 'M' ? value.value.get(step) : undefined;
    else value = value?.type === 'L' ? value.value[step] : undefined;
  }
  return value;
}

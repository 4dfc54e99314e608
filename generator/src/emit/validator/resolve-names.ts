import { jsonLiteral } from './json-literal.ts';
import { matches, type Token, token } from './tokens.ts';

/** What names in Ajv's code stand for, and what became of those that were used. */
export interface Scope {
  /** Constants that hold whole schemas, which the code points into. */
  readonly schemas: ReadonlyMap<string, unknown>;
  /** Functions that have another name here; objects around a function stand for it. */
  readonly functions: ReadonlyMap<string, string>;
  /** Constants that hold `Object.prototype.hasOwnProperty`. */
  readonly ownProperty: ReadonlySet<string>;
  /** Constants that hold something of the runtime's. */
  readonly shared: ReadonlyMap<string, Shared>;
  /** Names imported so far. */
  readonly imports: Set<string>;
  /** From the literal of a value to the constant that holds it. */
  readonly hoisted: Map<string, string>;
}

/** A value of the runtime's validation module. */
export interface Shared {
  readonly name: string;
  /** It is a regular expression, where Ajv calls a function. */
  readonly isExpression: boolean;
}

/** Replaces the names of constants that are gone by what they stood for. */
export function resolveNames(tokens: readonly Token[], scope: Scope): Token[] {
  const resolved: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const current = tokens[at] as Token;
    const isName = current.kind === 'name' && tokens[at - 1]?.text !== '.';
    const found = isName ? resolveName(tokens, at, scope) : null;
    resolved.push(found === null ? current : token(found.text, current.space));
    at = found?.next ?? at + 1;
  }
  return resolved;
}

interface Resolved {
  readonly text: string;
  readonly next: number;
}

function resolveName(tokens: readonly Token[], at: number, scope: Scope): Resolved | null {
  const name = tokens[at]?.text ?? '';
  if (scope.schemas.has(name)) {
    const { value, next } = follow(tokens, at + 1, scope.schemas.get(name));
    return { text: hoist(isAskedForNames(tokens, at, scope) ? namesOnly(value) : value, scope), next };
  }
  if (scope.ownProperty.has(name) && matches(tokens, at + 1, ['.', 'call']))
    return { text: 'Object.hasOwn', next: at + 3 };
  const shared = scope.shared.get(name);
  if (shared !== undefined) return useShared(shared, tokens, at, scope);
  const renamed = scope.functions.get(name);
  if (renamed === undefined) return null;
  return { text: renamed, next: at + (matches(tokens, at + 1, ['.', 'validate']) ? 3 : 1) };
}

/** Tells whether the object at `at` stands in `hasOwnProperty.call(object, …)`. */
function isAskedForNames(tokens: readonly Token[], at: number, { ownProperty }: Scope): boolean {
  return matches(tokens, at - 3, ['.', 'call', '(']) && ownProperty.has(tokens[at - 4]?.text ?? '');
}

/** Comparing texts of a format is a function of its own, so that only who compares carries it. */
function useShared({ name, isExpression }: Shared, tokens: readonly Token[], at: number, { imports }: Scope): Resolved {
  const isComparison = matches(tokens, at + 1, ['.', 'compare']);
  const imported = isComparison ? `compare${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
  imports.add(imported);
  return { text: isExpression ? `${imported}.test` : imported, next: at + (isComparison ? 3 : 1) };
}

/** The value that a chain of literal keys leads to, and where the chain ends. */
function follow(tokens: readonly Token[], from: number, schema: unknown): { value: unknown; next: number } {
  let value = schema;
  let at = from;
  for (;;) {
    const key = keyAt(tokens, at);
    if (key === null || typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      return { value, next: at };
    value = (value as Readonly<Record<string, unknown>>)[key];
    at += tokens[at]?.text === '.' ? 2 : 3;
  }
}

function keyAt(tokens: readonly Token[], at: number): string | null {
  const key = tokens[at + 1];
  if (tokens[at]?.text === '.') return key?.text ?? null;
  if (!matches(tokens, at, ['[', null, ']'])) return null;
  return key?.kind === 'string' ? String(JSON.parse(key.text)) : key?.kind === 'number' ? key.text : null;
}

/** Of an object whose own properties are asked for, nothing but their names matters. */
function namesOnly(value: unknown): unknown {
  return Object.fromEntries(Object.keys(value as object).map((key) => [key, 0]));
}

function hoist(value: unknown, { hoisted }: Scope): string {
  const literal = jsonLiteral(value);
  if (typeof value !== 'object' || value === null) return literal;
  const constant = hoisted.get(literal) ?? `values${hoisted.size}`;
  hoisted.set(literal, constant);
  return constant;
}

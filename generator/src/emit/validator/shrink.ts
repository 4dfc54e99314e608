import { InternalError } from '../../internal-error.ts';
import { escapeForScript, jsonLiteral } from './json-literal.ts';
import { dropUnreadArguments, shortenErrors } from './shorten.ts';
import { closingAt, matches, type Token, token, tokenize } from './tokens.ts';

/** A validator's code without its imports. */
export interface ShrunkCode {
  /** Functions and constants. The validator itself is the exported function. */
  readonly body: string;
  /** Names that the body takes from the runtime's validation module, sorted. */
  readonly imports: readonly string[];
}

/**
 * Rewrites Ajv's standalone code into the same function with less text:
 *
 * - what validators share is imported instead of required,
 * - of the schema itself only values that errors or comparisons need remain,
 * - each error is one call, and arguments nobody reads are gone.
 *
 * It works on tokens, so that no text inside a string of the schema can be mistaken for code. What it does not
 * recognise stays as it is.
 * @param name name of the exported function.
 * @param expressions names of the formats that the runtime has as regular expressions.
 */
export function shrink(code: string, name: string, expressions: ReadonlySet<string>): ShrunkCode {
  const { root, rest } = splitExports(tokenize(code));
  const { constants, functions } = splitConstants(rest);
  const scope = readConstants(constants, expressions);
  scope.renamed.set(root, [token(name)]);
  const resolved = resolveNames(functions, scope);
  const shortened = shortenErrors(dropUnreadArguments(resolved));
  const kept = scope.kept.map((constant) => ({ ...constant, value: resolveNames(constant.value, scope) }));
  const hoisted = [...scope.hoisted].map(([literal, constant]) => `const ${constant} = ${literal};\n`);
  return {
    body: [
      ...kept.map((constant) => `const ${constant.name} = ${print(constant.value).trim()};\n`),
      ...hoisted,
      ...shortened.helpers.map((helper) => `${helper}\n`),
      `${print(exportFunction(shortened.tokens, name)).trim()}\n`,
    ].join(''),
    imports: [...scope.imports].sort(),
  };
}

interface Constant {
  readonly name: string;
  readonly value: readonly Token[];
}

interface Scope {
  /** Schemas that the code may point into. */
  readonly schemas: ReadonlyMap<string, unknown>;
  /** What stands for a name instead. A format's use is recorded when it happens. */
  readonly renamed: Map<string, readonly Token[]>;
  /** The name of `Object.prototype.hasOwnProperty`. */
  readonly ownProperty: ReadonlySet<string>;
  readonly imported: ReadonlyMap<string, string>;
  readonly kept: readonly Constant[];
  readonly imports: Set<string>;
  /** Literal to the constant that holds it. */
  readonly hoisted: Map<string, string>;
}

/** Ajv begins with `"use strict"` and two exports of one function. */
function splitExports(tokens: readonly Token[]): { readonly root: string; readonly rest: readonly Token[] } {
  if (
    !matches(tokens, 0, [
      '"use strict"',
      ';',
      'export',
      'const',
      'validate',
      '=',
      null,
      ';',
      'export',
      'default',
      null,
      ';',
    ])
  ) {
    throw new InternalError('Ajv begins its standalone code in another way than it used to.');
  }
  return { root: tokens[6]?.text ?? '', rest: tokens.slice(12) };
}

/** Constants stand between functions, each as `const name = value;`. */
function splitConstants(tokens: readonly Token[]): { constants: Constant[]; functions: Token[] } {
  const constants: Constant[] = [];
  const functions: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (matches(tokens, at, ['const', null, '='])) {
      const end = statementEnd(tokens, at + 3);
      constants.push({ name: tokens[at + 1]?.text ?? '', value: tokens.slice(at + 3, end) });
      at = end + 1;
    } else {
      const end = closingAt(tokens, nextOf(tokens, at, '{', ')')) + 1;
      functions.push(...tokens.slice(at, end));
      at = end;
    }
  }
  return { constants, functions };
}

function readConstants(constants: readonly Constant[], expressions: ReadonlySet<string>): Scope {
  const schemas = new Map<string, unknown>();
  const renamed = new Map<string, readonly Token[]>();
  const ownProperty = new Set<string>();
  const imported = new Map<string, string>();
  const kept: Constant[] = [];
  for (const { name, value } of constants) {
    const text = value.map((part) => part.text).join('');
    const format = formatName(value);
    if (/^schema\d+$/.test(name)) schemas.set(name, JSON.parse(text));
    else if (text === 'Object.prototype.hasOwnProperty') ownProperty.add(name);
    else if (text in sharedFunctions) imported.set(name, sharedFunctions[text] ?? '');
    else if (format !== null)
      imported.set(name, expressions.has(format) ? `${camelCase(format)}.test` : camelCase(format));
    else if (matches(value, 0, ['{', 'validate', ':', null, '}'])) renamed.set(name, value.slice(3, 4));
    else kept.push({ name, value });
  }
  return { schemas, renamed, ownProperty, imported, kept, imports: new Set(), hoisted: new Map() };
}

const sharedFunctions: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'require("ajv/dist/runtime/ucs2length").default': 'ucs2length',
  'require("ajv/dist/runtime/equal").default': 'equal',
});

/** `formats.uuid` or `formats["date-time"]`: what compile.ts made of a format. */
function formatName(value: readonly Token[]): string | null {
  if (value[0]?.text !== 'formats') return null;
  const key = value[2];
  return key === undefined ? null : key.kind === 'string' ? JSON.parse(key.text) : key.text;
}

function camelCase(format: string): string {
  return format.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Replaces the names of constants that are gone by what they stood for. */
function resolveNames(tokens: readonly Token[], scope: Scope): Token[] {
  const resolved: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const current = tokens[at] as Token;
    const isName = current.kind === 'name' && tokens[at - 1]?.text !== '.';
    const name = isName ? current.text : '';
    if (scope.schemas.has(name)) {
      const { value, next } = follow(tokens, at + 1, scope.schemas.get(name));
      const ownKeys = resolved.at(-3)?.text === 'Object' && resolved.at(-2)?.text === '.hasOwn';
      resolved.push(token(hoist(ownKeys ? keysOnly(value) : value, scope), current.space));
      at = next;
    } else if (scope.ownProperty.has(name) && matches(tokens, at + 1, ['.', 'call', '('])) {
      resolved.push(token('Object', current.space), token('.hasOwn'), token('('));
      at += 4;
    } else if (scope.imported.has(name)) {
      const imported = scope.imported.get(name) ?? '';
      scope.imports.add(imported.split('.')[0] ?? '');
      resolved.push(token(imported, current.space));
      at += 1;
    } else if (scope.renamed.has(name)) {
      const [target] = resolveNames(scope.renamed.get(name) ?? [], { ...scope, renamed: rootOnly(scope, name) });
      resolved.push(token(target?.text ?? '', current.space));
      at += matches(tokens, at + 1, ['.', 'validate']) ? 3 : 1;
    } else {
      resolved.push(current);
      at += 1;
    }
  }
  return resolved;
}

/** A wrapper may stand for the validator itself, which has another name now; nothing else is renamed twice. */
function rootOnly(scope: Scope, except: string): Map<string, readonly Token[]> {
  return new Map([...scope.renamed].filter(([name]) => name !== except));
}

/** The value that a chain of literal keys leads to, and where the chain ends. */
function follow(tokens: readonly Token[], from: number, schema: unknown): { value: unknown; next: number } {
  let value = schema;
  let at = from;
  for (;;) {
    const key = tokens[at + 1];
    const isKey = tokens[at]?.text === '.' || (tokens[at]?.text === '[' && tokens[at + 2]?.text === ']');
    if (!isKey || key === undefined || typeof value !== 'object' || value === null) return { value, next: at };
    if (tokens[at]?.text === '[' && key.kind === 'name') return { value, next: at };
    const name = key.kind === 'string' ? String(JSON.parse(key.text)) : key.text;
    if (!Object.hasOwn(value, name)) return { value, next: at };
    value = (value as Readonly<Record<string, unknown>>)[name];
    at += tokens[at]?.text === '.' ? 2 : 3;
  }
}

function keysOnly(value: unknown): unknown {
  return Object.fromEntries(Object.keys(value as object).map((key) => [key, 0]));
}

function hoist(value: unknown, scope: Scope): string {
  const literal = jsonLiteral(value);
  if (typeof value !== 'object' || value === null) return literal;
  const constant = scope.hoisted.get(literal) ?? `values${scope.hoisted.size}`;
  scope.hoisted.set(literal, constant);
  return constant;
}

function exportFunction(tokens: readonly Token[], name: string): Token[] {
  return tokens.flatMap((part, at) =>
    part.text === 'function' && tokens[at + 1]?.text === name
      ? [token('export', '\n'), { ...part, space: ' ' }]
      : [part],
  );
}

function statementEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.text !== ';') at = /^[([{]$/.test(tokens[at]?.text ?? ';') ? closingAt(tokens, at) + 1 : at + 1;
  return at;
}

/** The first `text` that follows `after`. */
function nextOf(tokens: readonly Token[], from: number, text: string, after: string): number {
  let at = from;
  while (at < tokens.length && !(tokens[at]?.text === text && tokens[at - 1]?.text === after)) at += 1;
  if (at === tokens.length) throw new InternalError('A function of a validator has no body.');
  return at;
}

function print(tokens: readonly Token[]): string {
  return tokens.map(({ kind, space, text }) => space + (kind === 'string' ? escapeForScript(text) : text)).join('');
}

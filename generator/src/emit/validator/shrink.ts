import { InternalError } from '../../internal-error.ts';
import { escapeForScript } from './json-literal.ts';
import { resolveNames, type Scope, type Shared } from './resolve-names.ts';
import { dropUnreadArguments, shortenErrors } from './shorten.ts';
import { tidyLines } from './tidy-lines.ts';
import { closingAt, isOpening, matches, type Token, token, tokenize } from './tokens.ts';

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
 * - each error is one call, and arguments, constants and conditions that nobody reads are gone.
 *
 * It works on tokens, so that no text inside a string of the schema can be mistaken for code. What it does not
 * recognise stays as it is.
 * @param name name of the exported function.
 * @param expressions names of the formats that the runtime has as regular expressions.
 */
export function shrink(code: string, name: string, expressions: ReadonlySet<string>): ShrunkCode {
  const { root, rest } = splitExports(tokenize(tidyLines(code)));
  const { constants, functions } = splitConstants(rest);
  const { scope, kept } = readConstants(constants, expressions, new Map([[root, name]]));
  const { tokens, helpers } = shortenErrors(dropUnreadArguments(resolveNames(functions, scope)));
  const remaining = kept.map((constant) => `const ${constant.name} =${print(constant.value)};`);
  const hoisted = [...scope.hoisted].map(([literal, constant]) => `const ${constant} = ${literal};`);
  const lines = [...remaining, ...hoisted, ...helpers, print(exportFunction(tokens, name)).trim()];
  return { body: `${lines.join('\n')}\n`, imports: [...scope.imports].sort() };
}

interface Constant {
  readonly name: string;
  readonly value: readonly Token[];
}

/** Ajv begins with `"use strict"` and two exports of one function. */
function splitExports(tokens: readonly Token[]): { readonly root: string; readonly rest: readonly Token[] } {
  const start = ['"use strict"', ';', 'export', 'const', 'validate', '=', null, ';', 'export', 'default', null, ';'];
  if (!matches(tokens, 0, start))
    throw new InternalError('Ajv begins its standalone code in another way than it used to.');
  return { root: tokens[6]?.text ?? '', rest: tokens.slice(start.length) };
}

const constantStart = ['const', null, '='];

/** Constants stand between functions, each as `const name = value;`. */
function splitConstants(tokens: readonly Token[]): { constants: Constant[]; functions: Token[] } {
  const constants: Constant[] = [];
  const functions: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (matches(tokens, at, constantStart)) {
      const end = statementEnd(tokens, at + 3);
      constants.push({ name: tokens[at + 1]?.text ?? '', value: tokens.slice(at + 3, end) });
      at = end + 1;
    } else {
      const end = closingAt(tokens, bodyOf(tokens, at)) + 1;
      functions.push(...tokens.slice(at, end));
      at = end;
    }
  }
  return { constants, functions };
}

function readConstants(
  constants: readonly Constant[],
  expressions: ReadonlySet<string>,
  renamed: ReadonlyMap<string, string>,
): { readonly scope: Scope; readonly kept: readonly Constant[] } {
  const schemas = new Map<string, unknown>();
  const functions = new Map(renamed);
  const ownProperty = new Set<string>();
  const shared = new Map<string, Shared>();
  const kept: Constant[] = [];
  for (const { name, value } of constants) {
    const text = value.map((part) => part.text).join('');
    const format = formatName(value);
    const wrapped = matches(value, 0, ['{', 'validate', ':', null, '}']) ? value[3]?.text : undefined;
    const helper = sharedFunctions.get(text);
    if (/^schema\d+$/.test(name)) schemas.set(name, JSON.parse(text));
    else if (text === 'Object.prototype.hasOwnProperty') ownProperty.add(name);
    else if (helper !== undefined) shared.set(name, { name: helper, isExpression: false });
    else if (format !== null) shared.set(name, { name: camelCase(format), isExpression: expressions.has(format) });
    else if (wrapped !== undefined) functions.set(name, renamed.get(wrapped) ?? wrapped);
    else kept.push({ name, value });
  }
  return { scope: { schemas, functions, ownProperty, shared, imports: new Set(), hoisted: new Map() }, kept };
}

const sharedFunctions: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', 'ucs2length'],
  ['require("ajv/dist/runtime/equal").default', 'equal'],
]);

/** `formats.uuid` or `formats["date-time"]`: what compile.ts made of a format. */
function formatName(value: readonly Token[]): string | null {
  const key = value[2];
  if (value[0]?.text !== 'formats' || key === undefined) return null;
  return key.kind === 'string' ? String(JSON.parse(key.text)) : key.text;
}

function camelCase(format: string): string {
  return format.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function exportFunction(tokens: readonly Token[], name: string): readonly Token[] {
  const at = tokens.findIndex(({ text }, index) => text === 'function' && tokens[index + 1]?.text === name);
  const found = tokens[at];
  if (found === undefined) throw new InternalError(`A validator has no function ${name}.`);
  return tokens.toSpliced(at, 1, token('export', '\n'), { ...found, space: ' ' });
}

function statementEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.text !== ';') at = isOpening(tokens[at]) ? closingAt(tokens, at) + 1 : at + 1;
  return at;
}

/** Where the body of the function that begins at `from` opens. */
function bodyOf(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !(tokens[at]?.text === '{' && tokens[at - 1]?.text === ')')) at += 1;
  if (at === tokens.length) throw new InternalError('A function of a validator has no body.');
  return at;
}

function print(tokens: readonly Token[]): string {
  return tokens.map(({ kind, space, text }) => space + (kind === 'string' ? escapeForScript(text) : text)).join('');
}

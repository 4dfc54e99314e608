import { InternalError } from '../../internal-error.ts';

/** One token of a validator's code. `space` is the white space before it. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'regex' | 'punctuation';
  readonly text: string;
  readonly space: string;
}

const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const text = /"(?:[^"\\]|\\.)*"/y;
const number = /\d[\d.]*(?:e[+-]?\d+)?/y;
const punctuation = /\?\?=|===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|=>|[-+*/%<>=!?:;,.(){}[\]&|]/y;

/**
 * Splits the JavaScript that Ajv writes into tokens.
 * It knows the part of the language that Ajv uses (no template strings, comments or single quotes) and refuses the rest,
 * so that text of a schema is always inside one string token.
 * @throws {InternalError} on anything else.
 */
export function tokenize(code: string): Token[] {
  const end = code.trimEnd().length;
  const tokens: Token[] = [];
  // Most tokens come many times: `known` keeps one of each.
  const known = new Map<string, Token>();
  let at = 0;
  while (at < end) {
    const start = endOfSpace(code, at);
    const kind = kindAt(code, start, tokens.at(-1)?.text);
    const next = endOfToken(code, start, kind);
    const whole = code.slice(at, next);
    const same = known.get(whole);
    const read = same?.kind === kind ? same : { kind, text: code.slice(start, next), space: code.slice(at, start) };
    if (same === undefined) known.set(whole, read);
    tokens.push(read);
    at = next;
  }
  return tokens;
}

function endOfSpace(code: string, from: number): number {
  let at = from;
  while (code.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** A slash begins a regular expression only where no value can end: Ajv writes them as arguments. */
function kindAt(code: string, at: number, previous: string | undefined): Token['kind'] {
  const first = code.charCodeAt(at);
  if (first === 0x22) return 'string';
  if (first >= 0x30 && first <= 0x39) return 'number';
  if (isNamePart(first)) return 'name';
  return first === 0x2f && previous === '(' ? 'regex' : 'punctuation';
}

function endOfToken(code: string, from: number, kind: Token['kind']): number {
  if (kind !== 'name') return endOfMatch({ string: text, number, regex, punctuation }[kind], code, from);
  let at = from + 1;
  while (isNamePart(code.charCodeAt(at))) at += 1;
  return at;
}

function endOfMatch(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  if (pattern.test(code)) return pattern.lastIndex;
  throw new InternalError(`A validator's code cannot be read at: ${code.slice(at, at + 60)}`);
}

/** Letters, digits, `_` and `$`, which are all that Ajv puts in names. */
function isNamePart(char: number): boolean {
  return (
    (char >= 0x61 && char <= 0x7a) ||
    (char >= 0x41 && char <= 0x5a) ||
    (char >= 0x30 && char <= 0x39) ||
    char === 0x5f ||
    char === 0x24
  );
}

/** A token of our own. */
export function token(text: string, space = ''): Token {
  return { kind: 'name', text, space };
}

/** Tells whether these texts stand from `at` on; null stands for any one token. */
export function matches(tokens: readonly Token[], at: number, texts: readonly (string | null)[]): boolean {
  for (let offset = 0; offset < texts.length; offset += 1) {
    const found = tokens[at + offset];
    const text = texts[offset];
    if (found === undefined || (text !== null && found.text !== text)) return false;
  }
  return true;
}

/** Tells whether a token opens a bracket. */
export function isOpening(found: Token | undefined): boolean {
  return found?.kind === 'punctuation' && (found.text === '(' || found.text === '[' || found.text === '{');
}

/** Where the bracket that opens at `at` closes. */
export function closingAt(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index += 1) {
    const { kind, text } = tokens[index] as Token;
    if (isOpening(tokens[index])) depth += 1;
    else if (kind === 'punctuation' && (text === '}' || text === ')' || text === ']')) depth -= 1;
    if (depth === 0) return index;
  }
  throw new InternalError('A bracket in a validator is not closed.');
}

import { limits } from '@eventloom/engine';
import { invalid } from './invalid.ts';

/** One word of an expression. `name` is `#a`, `value` is `:a`, `symbol` is punctuation. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'index' | 'symbol' | 'other' | 'end';
  readonly text: string;
}

/** Reads an expression from left to right. */
export interface TokenReader {
  peek(): Token;
  next(): Token;
  /** Takes the next token when it is this symbol, or this keyword in any case. */
  take(text: string): boolean;
  /** As `take`; throws when the next token is another. */
  expect(text: string): void;
  fail(): never;
}

const pattern =
  /\s+|(?<name>#\w+)|(?<value>:\w+)|(?<word>[A-Za-z_]\w*)|(?<index>\d+)|(?<symbol><>|<=|>=|[=<>()[\].,+-])|(?<other>.)/gsu;

const end: Token = { kind: 'end', text: '<EOF>' };

/** Makes a reader of an expression; `parameter` is what a request calls it. Throws a `ValidationException`. */
export function readTokens(expression: string, parameter: string): TokenReader {
  const refuse = (reason: string) => invalid(`Invalid ${parameter}: ${reason}`);
  if (expression.trim() === '') throw refuse('The expression can not be empty;');
  if (Buffer.byteLength(expression) > limits.tableExpressionBytes.value) {
    throw refuse(`Expression size has exceeded the maximum allowed size; expression size: ${expression.length}`);
  }
  const tokens = tokensOf(expression);
  let index = 0;
  const peek = () => tokens[index] ?? end;
  const fail = (): never => {
    const near = tokens
      .slice(Math.max(0, index - 1), index + 2)
      .map(({ text }) => text)
      .join(' ');
    throw refuse(`Syntax error; token: "${peek().text}", near: "${near}"`);
  };
  const next = () => {
    const token = peek();
    index++;
    return token;
  };
  const take = (text: string) => {
    const { kind, text: found } = peek();
    const isTaken = kind === 'symbol' ? found === text : kind === 'word' && found.toUpperCase() === text;
    if (isTaken) index++;
    return isTaken;
  };
  const expect = (text: string) => {
    if (!take(text)) fail();
  };
  return { peek, next, take, expect, fail };
}

function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { groups = {}, 0: text } of expression.matchAll(pattern)) {
    const kind = (['name', 'value', 'word', 'index', 'symbol'] as const).find((name) => groups[name] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text });
    else if (groups.other !== undefined) tokens.push({ kind: 'other', text });
  }
  return tokens;
}

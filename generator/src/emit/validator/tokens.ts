import { InternalError } from '../../internal-error.ts';

/** One token of a validator's code. `space` is the white space before it. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'regex' | 'punctuation';
  readonly text: string;
  readonly space: string;
}

const lexeme =
  /(\s*)([A-Za-z_$][\w$]*|"(?:[^"\\]|\\.)*"|\d[\d.]*(?:e[+-]?\d+)?|===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|=>|[-+*/%<>=!?:;,.(){}[\]&|])/y;
const regex = /(\s*)(\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)/y;

/**
 * Splits the JavaScript that Ajv writes into tokens.
 * It knows the part of the language that Ajv uses (no template strings, comments or single quotes) and refuses the rest,
 * so that text of a schema is always inside one string token.
 * @throws {InternalError} on anything else.
 */
export function tokenize(code: string): Token[] {
  const end = code.trimEnd().length;
  const tokens: Token[] = [];
  let at = 0;
  let previous = '';
  while (at < end) {
    // A slash begins a regular expression only where no value can end: Ajv writes them as arguments.
    const expression = previous === '(' ? matchAt(regex, code, at) : null;
    const found = expression ?? matchAt(lexeme, code, at);
    if (found === null) throw new InternalError(`A validator's code cannot be read at: ${code.slice(at, at + 60)}`);
    const [whole, space = '', text = ''] = found;
    tokens.push({ kind: expression === null ? kindOf(text) : 'regex', text, space });
    at += whole.length;
    previous = text;
  }
  return tokens;
}

function matchAt(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(code);
}

function kindOf(text: string): Token['kind'] {
  if (/^[A-Za-z_$]/.test(text)) return 'name';
  if (text.startsWith('"')) return 'string';
  return /^\d/.test(text) ? 'number' : 'punctuation';
}

/** A token of our own. */
export function token(text: string, space = ''): Token {
  return { kind: 'name', text, space };
}

/** Tells whether these texts stand from `at` on; null stands for any one token. */
export function matches(tokens: readonly Token[], at: number, texts: readonly (string | null)[]): boolean {
  return texts.every((text, offset) => {
    const found = tokens[at + offset];
    return found !== undefined && (text === null || found.text === text);
  });
}

/** Where the bracket that opens at `at` closes. */
export function closingAt(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index += 1) {
    const text = tokens[index]?.text;
    if (text === '{' || text === '(' || text === '[') depth += 1;
    else if (text === '}' || text === ')' || text === ']') depth -= 1;
    if (depth === 0) return index;
  }
  throw new InternalError('A bracket in a validator is not closed.');
}

import { type JsonToken, jsonToken } from './json-token.ts';

/** Where a text stops being JSON, and why. Lines and columns count from 1, columns in UTF-16 code units. */
export interface JsonMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

type State = 'value' | 'first item' | 'first key' | 'key' | 'colon' | 'after item' | 'after member' | 'nothing';

const value = { '[': 'first item', '{': 'first key', text: 'after', scalar: 'after' } as const;

/** Where a token leads; `after` is what comes after a value, which depends on what that is in. */
const follows: Readonly<Record<State, { readonly [Token in JsonToken['kind']]?: State | 'after' }>> = {
  value,
  'first item': { ...value, ']': 'after' },
  'first key': { text: 'colon', '}': 'after' },
  key: { text: 'colon' },
  colon: { ':': 'value' },
  'after item': { ',': 'value', ']': 'after' },
  'after member': { ',': 'key', '}': 'after' },
  nothing: {},
};

const wanted: Readonly<Record<State, string>> = {
  value: 'a value',
  'first item': 'a value or ]',
  'first key': 'a name in double quotes or }',
  key: 'a name in double quotes',
  colon: 'a colon',
  'after item': 'a comma or ]',
  'after member': 'a comma or }',
  nothing: 'nothing more',
};

/** Finds the first mistake of a JSON text; null when it has none. Browsers say it each in its own way, or not at all. */
export function jsonMistake(text: string): JsonMistake | null {
  const open: ('[' | '{')[] = [];
  let state: State = 'value';
  let from = 0;
  for (;;) {
    const token = jsonToken(text, from);
    if (token.kind === 'end' && state === 'nothing') return null;
    const next: State | 'after' | undefined = follows[state][token.kind];
    if (token.kind === 'wrong') return placed(text, token.at, token.message ?? `${wanted[state]} should come here`);
    if (token.kind === 'end') return placed(text, token.end, `it ends where ${wanted[state]} should come`);
    if (next === undefined) return placed(text, startOf(text, from), `${wanted[state]} should come here`);
    if (token.kind === '[' || token.kind === '{') open.push(token.kind);
    if (token.kind === ']' || token.kind === '}') open.pop();
    state = next === 'after' ? afterValue(open.at(-1)) : next;
    from = token.end;
  }
}

function afterValue(around: '[' | '{' | undefined): State {
  if (around === undefined) return 'nothing';
  return around === '[' ? 'after item' : 'after member';
}

function startOf(text: string, from: number): number {
  let at = from;
  while (' \t\n\r'.includes(text[at] ?? '"')) at++;
  return at;
}

function placed(text: string, at: number, message: string): JsonMistake {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, message };
}

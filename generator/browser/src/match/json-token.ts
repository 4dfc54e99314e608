/** A token of JSON and where it ends, or what is wrong with it and where. */
export type JsonToken =
  | { readonly kind: '[' | ']' | '{' | '}' | ',' | ':' | 'text' | 'scalar' | 'end'; readonly end: number }
  | { readonly kind: 'wrong'; readonly at: number; readonly message: string | null };

const space = /[ \t\n\r]*/y;
const scalar = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Reads the token at a place, beyond white space. `message` is null where there is none at all. */
export function jsonToken(text: string, from: number): JsonToken {
  const at = endOf(space, text, from) ?? from;
  const next = text[at];
  switch (next) {
    case undefined:
      return { kind: 'end', end: at };
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
    case ':':
      return { kind: next, end: at + 1 };
    case '"':
      return textToken(text, at);
    default: {
      const end = endOf(scalar, text, at);
      return end === null ? { kind: 'wrong', at, message: null } : { kind: 'scalar', end };
    }
  }
}

function textToken(text: string, start: number): JsonToken {
  let at = start + 1;
  for (;;) {
    const next = text[at];
    if (next === '"') return { kind: 'text', end: at + 1 };
    if (next === undefined) return { kind: 'wrong', at: start, message: 'this text has no closing quote' };
    if (next < ' ') return { kind: 'wrong', at, message: next === '\n' || next === '\r' ? lineBreak : control };
    const end = next === '\\' ? endOf(escaped, text, at) : at + 1;
    if (end === null) return { kind: 'wrong', at, message: 'this is no escape of JSON' };
    at = end;
  }
}

const lineBreak = 'a text has to end on its line';
const control = 'a control character stands in a text';

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

import { pointerTokens } from '../../model/pointer.ts';

/** Spells a `$ref` into the document it stands in: `['a/b', 'c d']` becomes `#/a~1b/c%20d`. */
export function referenceText(tokens: readonly string[]): string {
  return `#${tokens.map((token) => `/${encodeToken(token)}`).join('')}`;
}

/** Whether a `$ref` as it is written already leads to that place of its own document. */
export function leadsTo(reference: string, tokens: readonly string[]): boolean {
  if (!reference.startsWith('#')) return false;
  const written = pointerTokens(decode(reference.slice(1)));
  return written?.length === tokens.length && written.every((token, index) => token === tokens[index]);
}

/** Spells the path of a file as a `$ref` has it. */
export function fileText(path: string): string {
  return `./${path.split('/').map(encode).join('/')}`;
}

function encodeToken(token: string): string {
  return encode(token.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Half of a surrogate pair has no bytes to encode: it stays. */
function encode(text: string): string {
  return text.replace(/[^\w.~!$&'()*+,;=:@-]/gu, (character) =>
    /\p{Surrogate}/u.test(character) ? character : encodeURIComponent(character),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

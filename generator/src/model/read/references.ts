import type { Origin } from '../../diagnostics/diagnostic.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import { pointerTokens } from '../pointer.ts';

/**
 * Returns where in the spec a `$ref` points, as the tokens of its pointer: `['channels', 'orders']`.
 * Null when `raw` (a node whose own reference was not followed) holds no reference into the spec's root file.
 */
export function referenceTokens(document: SpecDocument, raw: SpecNode | undefined): readonly string[] | null {
  const reference = referenceText(raw);
  if (raw === undefined || reference === null) return null;
  const [path = '', fragment = ''] = splitOnce(reference, '#');
  const file = path === '' ? raw.origin.file : join(raw.origin.file, decode(path));
  return file === document.file ? pointerTokens(decode(fragment)) : null;
}

/**
 * Returns where the key of a definition is written, which is where a reader looks for it. For a definition in another
 * file that is where the definition itself starts.
 */
export function definitionOrigin(document: SpecDocument, node: SpecNode): Origin {
  const { origin } = node;
  const tokens = origin.file === document.file ? [...(pointerTokens(origin.pointer) ?? [])] : [];
  const key = tokens.pop();
  const holder = tokens.reduce<SpecNode | undefined>((parent, token) => parent?.raw(token), document.root);
  return key === undefined || holder === undefined ? origin : holder.keyOrigin(key);
}

/** Returns the text of a `$ref`, or null when the node is no reference. */
export function referenceText(raw: SpecNode | undefined): string | null {
  const value = raw?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, '$ref')) return null;
  const text = (value as { readonly $ref: unknown }).$ref;
  return typeof text === 'string' ? text : null;
}

function join(from: string, path: string): string {
  const folders = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..' && folders.length > 0 && folders.at(-1) !== '..') folders.pop();
    else if (step !== '.' && step !== '') folders.push(step);
  }
  return folders.join('/');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { Origin } from '../../diagnostics/diagnostic.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import { pointerTokens } from '../pointer.ts';

/**
 * Returns where in the spec a `$ref` points, as the tokens of its pointer: `['channels', 'orders']`. A channel or a server
 * that the spec's root takes from elsewhere, such as another file, is named as the root names it.
 * Null when `raw` (a node whose own reference was not followed) holds no reference that can be told so.
 */
export function referenceTokens(document: SpecDocument, raw: SpecNode | undefined): readonly string[] | null {
  const reference = referenceText(raw);
  if (raw === undefined || reference === null) return null;
  const [path = '', fragment = ''] = splitOnce(reference, '#');
  const file = path === '' ? raw.origin.file : join(raw.origin.file, decode(path));
  const tokens = pointerTokens(decode(fragment));
  if (tokens === null || (file === document.file && sections.includes(tokens[0] ?? ''))) return tokens;
  return byName(document, file, tokens) ?? (file === document.file ? tokens : null);
}

/** What operations refer to by the name that the root gives it. */
const sections = ['channels', 'servers'];

/** The same place by way of the root; null when no name there leads to it, or several do. */
function byName(document: SpecDocument, file: string, tokens: readonly string[]): readonly string[] | null {
  const known = named.get(document) ?? namedIn(document);
  named.set(document, known);
  const [only, ...others] = known.filter(
    (one) => one.file === file && one.tokens.every((token, index) => token === tokens[index]),
  );
  return only === undefined || others.length > 0 ? null : [...only.name, ...tokens.slice(only.tokens.length)];
}

/** A name of the root, and the definition that it leads to. */
interface Named {
  readonly name: readonly [section: string, key: string];
  readonly file: string;
  readonly tokens: readonly string[];
}

/** Documents never change, and each operation may ask. */
const named = new WeakMap<SpecDocument, readonly Named[]>();

function namedIn({ root }: SpecDocument): readonly Named[] {
  return sections.flatMap((section) =>
    (root.get(section)?.entries() ?? []).flatMap(([key, { origin }]) => {
      const tokens = pointerTokens(origin.pointer);
      return tokens === null ? [] : [{ name: [section, key] as const, file: origin.file, tokens }];
    }),
  );
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

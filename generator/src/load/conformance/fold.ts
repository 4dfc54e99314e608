/** The members of one map of the spec, of which one stands for all that look alike. */
export interface Fold {
  /** The key that stands for `key`; undefined when the map has no such key. */
  representativeOf(key: string): string | undefined;
  /** What to put in the place of the map. */
  readonly representatives: Readonly<Record<string, unknown>>;
}

/**
 * Folds a map.
 *
 * @param nameOf the name under which members of one look are kept; default: the key of the first. Keys that are not
 * plain words stand for themselves, since AsyncAPI has rules for keys as well
 */
export function foldMap(entries: readonly (readonly [string, unknown])[], nameOf?: (look: string) => string): Fold {
  const byLook = new Map<string, string>();
  const representativeByKey = new Map<string, string>();
  const representatives = new Map<string, unknown>();
  for (const [key, value] of entries) {
    const isPlain = /^[\w-]+$/.test(key);
    const look = isPlain ? JSON.stringify(value) : `key ${key}`;
    const representative = byLook.get(look) ?? (isPlain ? (nameOf?.(look) ?? key) : key);
    byLook.set(look, representative);
    representativeByKey.set(key, representative);
    representatives.set(representative, value);
  }
  return {
    representatives: Object.fromEntries(representatives),
    representativeOf: (key) => representativeByKey.get(key),
  };
}

/** The place of a property or item, as a JSON pointer (RFC 6901). */
export function placeOf(at: string, key: string | number): string {
  return `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Beginnings of a place after which a token begins, and the whole. */
export function beginningsOf(place: string): readonly string[] {
  return [...place.matchAll(/(?=\/|$)/g)].map(({ index }) => place.slice(0, index));
}

/** The place of a property or item, as a JSON pointer (RFC 6901). */
export function placeOf(at: string, key: string | number): string {
  return `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Beginnings of a place after which a token begins, and the whole. */
export function beginningsOf(place: string): readonly string[] {
  const beginnings: string[] = [];
  for (let at = place.indexOf('/'); at !== -1; at = place.indexOf('/', at + 1)) beginnings.push(place.slice(0, at));
  return [...beginnings, place];
}

/** Tells whether one place is another, or below it. */
export function hasBeginning(place: string, beginning: string): boolean {
  return place.startsWith(beginning) && (place.length === beginning.length || place[beginning.length] === '/');
}

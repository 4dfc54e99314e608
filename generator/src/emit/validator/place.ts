/**
 * Places, as the runtime's `tell` reads them: `/name` is a property by its schema under `properties`, `~>token` a step
 * into the schema alone, `~@key` one into the value alone, and `~#key` goes on in a definition. Tokens are escaped as in
 * a JSON pointer.
 */
export const place = {
  property: (at: string, name: string): string => `${at}/${escaped(name)}`,
  schema: (at: string, ...tokens: readonly (string | number)[]): string =>
    at + tokens.map((token) => `~>${escaped(String(token))}`).join(''),
  definition: (at: string, key: string): string => `${at}~#${escaped(key)}`,
  /** The last step into the value is a key known at run time only, or this one. */
  key: (at: string, key: number | '' = ''): string => `${at}~@${key}`,
};

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Beginnings of a place after which a step begins, and the whole. */
export function beginningsOf(place: string): readonly string[] {
  return [...place.matchAll(/(?=\/|~[>@#]|$)/g)].map(({ index }) => place.slice(0, index));
}

/**
 * Places, as the runtime's `tell` reads them: `/name` is a property by its schema under `properties`, `>token` a step
 * into the schema alone, `@key` one into the value alone, and `#key` goes on in a definition.
 */
export const place = {
  property: (at: string, name: string): string => `${at}/${escaped(name)}`,
  schema: (at: string, ...tokens: readonly (string | number)[]): string =>
    at + tokens.map((token) => `>${escaped(String(token))}`).join(''),
  definition: (at: string, key: string): string => `${at}#${escaped(key)}`,
  /** The last step into the value is a key known at run time only, or this one. */
  key: (at: string, key: number | '' = ''): string => `${at}@${key}`,
};

function escaped(name: string): string {
  return name.replace(/[~/>@#]/g, (mark) => `~${'~/>@#'.indexOf(mark)}`);
}

import { pointerTokens } from '../pointer.ts';

/** How a definition is called: its key in the bundle, and the word it was made of. */
export interface DefinitionName {
  readonly key: string;
  readonly label: string;
}

/**
 * Names definitions by identity (`<file>#<pointer>`): after their own key or file, and where two would meet, both with
 * more of the path. No two identities get one key, and none depends on the order. Keys need no escapes in a pointer.
 */
export function definitionKeys(identities: readonly string[]): ReadonlyMap<string, DefinitionName> {
  const names = new Map(identities.map((identity) => [identity, candidates(identity)]));
  const uses = new Map<string, number>();
  for (const { short, long } of names.values()) {
    for (const key of new Set([short, long])) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return new Map(
    [...names].map(([identity, { label, short, long }]) => {
      const key = [short, long].find((candidate) => uses.get(candidate) === 1);
      return [identity, { label, key: key ?? escaped(identity) }];
    }),
  );
}

interface Candidates {
  readonly label: string;
  readonly short: string;
  readonly long: string;
}

function candidates(identity: string): Candidates {
  const [path = '', pointer = ''] = identity.split(/#(.*)/s);
  const file = (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '').replace(/[.-]schema$/, '');
  const place = namedPart(pointerTokens(pointer) ?? []).join('-');
  const label = place === '' ? file : place;
  return { label, short: plain(label), long: plain(`${file}.${place}`) };
}

/** What a pointer says from the last name on: `/properties/lines/items` is `lines`, `items`. */
function namedPart(tokens: readonly string[]): readonly string[] {
  let start = 0;
  let at = 0;
  if (tokens[0] === 'components') {
    start = 2;
    at = 3;
  }
  while (at < tokens.length) {
    const isMap = mapKeywords.has(tokens[at] ?? '');
    if (isMap && at + 1 < tokens.length) start = at + 1;
    at += isMap ? 2 : 1;
  }
  return tokens.slice(start);
}

const mapKeywords: ReadonlySet<string> = new Set([
  ...['definitions', '$defs', 'properties', 'patternProperties', 'dependencies', 'channels', 'messages'],
]);

function plain(text: string): string {
  const key = text.replace(/[^A-Za-z0-9._-]/g, '_');
  return key === '__proto__' || key === '' ? 'definition' : key;
}

/** Injective, and unlike any plain key, which has no colon. */
function escaped(identity: string): string {
  return `:${identity.replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}`;
}

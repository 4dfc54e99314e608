import { isJsonObject } from './mask.ts';
import { type ParserResult, runParser } from './run-parser.ts';
import type { Skeleton } from './skeleton.ts';

/** Rounds at most; each brings to light what the mistakes of the one before have hidden. */
const mostRounds = 4;

/**
 * All that the parser has to say about the structure of a document. It keeps back some mistakes that stand beside
 * others (a wrong word of a list, when the field next to it is wrong as well), so it is asked again without those it
 * has found.
 */
export async function findAllInStructure(skeleton: Skeleton): Promise<readonly ParserResult[]> {
  const found = new Map<string, ParserResult>();
  const json = structuredClone(skeleton.json);
  const removed = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const results = await runParser({ ...skeleton, json }, 'structure');
    const fresh = results.filter((result) => !found.has(identify(result)) && !isAboutRemoved(result, removed));
    for (const result of fresh) found.set(identify(result), result);
    const before = removed.size;
    for (const { path } of fresh) remove(json, path, removed);
    if (removed.size === before) break;
  }
  return [...found.values()];
}

function identify({ code, message, path }: ParserResult): string {
  return JSON.stringify([code, message, path]);
}

/** That something is missing which was taken away a round before is not the user's mistake. */
function isAboutRemoved({ message, path }: ParserResult, removed: ReadonlySet<string>): boolean {
  const field = /must have required property "(.*)"$/.exec(message)?.[1];
  return field !== undefined && removed.has(JSON.stringify([...path, field]));
}

/** Takes a field away, unless the way to it passes a reference. */
function remove(json: unknown, path: readonly string[], removed: Set<string>): void {
  const key = path.at(-1);
  let parent = json;
  for (const step of path.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return;
    parent = (parent as Record<string, unknown>)[step];
  }
  if (key === undefined || path.length < 2 || !isJsonObject(parent) || !Object.hasOwn(parent, key)) return;
  if (isJsonObject(parent[key])) return; // what is missing in it may not be all that is wrong with it
  Reflect.deleteProperty(parent, key);
  removed.add(JSON.stringify(path));
}

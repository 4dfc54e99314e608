import type { JsonSchema } from '../../model/event-model.ts';
import { isObject, ownObject } from '../../model/schema/json.ts';

/** References of a bundle that are used once and lead to nothing that refers to them again. */
export function inlinedReferences(root: JsonSchema): ReadonlySet<string> {
  if (!isObject(root)) return new Set();
  const definitions = Object.entries(ownObject(root, 'definitions'));
  const uses = new Map<string, readonly string[]>([
    ['#', referencesIn(Object.fromEntries(Object.entries(root).filter(([keyword]) => keyword !== 'definitions')))],
    ...definitions.map(([key, schema]) => [`#/definitions/${key}`, referencesIn(schema)] as const),
  ]);
  const counts = new Map<string, number>();
  for (const reference of [...uses.values()].flat()) counts.set(reference, (counts.get(reference) ?? 0) + 1);
  // What is used once is in a circle only if it follows itself.
  const isCircular = (reference: string): boolean => {
    const reached = new Set(uses.get(reference));
    for (const next of reached) for (const further of uses.get(next) ?? []) reached.add(further);
    return reached.has(reference);
  };
  return new Set([...counts].filter(([reference, count]) => count === 1 && !isCircular(reference)).map(([key]) => key));
}

/** Every `$ref` in a schema. What stands in data counts too, which makes functions of definitions that need none. */
function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  collect(value, found);
  return found;
}

function collect(value: unknown, found: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref' && typeof item === 'string') found.push(item);
    else collect(item, found);
  }
}

import { own, ownList, ownObject } from '../../model/schema/json.ts';
import type { Leaves } from './expand.ts';
import { isAccepted, type Search, type Spot } from './search.ts';

/** Names for fields that are not declared: by the patterns of schemas first, then any that may be used. */
export function extraNames(leaves: Leaves, count: number, spot: Spot, search: Search): readonly string[] {
  if (count <= 0) return [];
  const patterns = new Set(leaves.flatMap((leaf) => Object.keys(ownObject(leaf, 'patternProperties'))));
  const demands = leaves.flatMap((leaf) => (Object.hasOwn(leaf, 'propertyNames') ? [own(leaf, 'propertyNames')] : []));
  const listed = demands.flatMap((demand) => (isKeyed(demand) ? ownList(demand, 'enum').map(String) : []));
  const made = [...patterns].flatMap((pattern) => nameOf([...demands, { type: 'string', pattern }], 0, spot, search));
  const wanted = Math.min(count + 4, mostNames);
  const plain = Array.from({ length: wanted }, (_, index) =>
    nameOf([...demands, { type: 'string', minLength: 1 }], index, spot, search),
  ).flat();
  const letters = wanted > plain.length ? [...'abcdefghij'] : [];
  return [...new Set([...made, ...listed, ...plain, ...letters])].filter((name) => isAllowedName(name, leaves, search));
}

const mostNames = 300;

/** Tells whether `propertyNames` let a name through. */
export function isAllowedName(name: string, leaves: Leaves, search: Search): boolean {
  const demands = leaves.flatMap((leaf) => (Object.hasOwn(leaf, 'propertyNames') ? [own(leaf, 'propertyNames')] : []));
  return isAccepted(name, demands, search);
}

function nameOf(schemas: readonly unknown[], variant: number, { path, level }: Spot, search: Search): string[] {
  const small = { ...search, size: 'smallest' } as const;
  const found = small.solve(schemas, { name: 'key', path: `${path}#`, level: level + 1, variant });
  return typeof found?.value === 'string' ? [found.value] : [];
}

function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

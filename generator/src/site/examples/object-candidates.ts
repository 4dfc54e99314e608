import { isObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import type { Leaves } from './expand.ts';
import { extraNames, isAllowedName } from './extra-names.ts';
import { isAccepted, type Search, type Spot } from './search.ts';

type Fields = ReadonlyMap<string, unknown>;

/** Objects: with what is required alone, or with all that may be there, and less where that is refused. */
export function* objectCandidates(
  leaves: Leaves,
  schemas: readonly unknown[],
  spot: Spot,
  search: Search,
): Generator<unknown> {
  const required = requiredNames(leaves);
  const base = solveAll([...required], leaves, spot, search);
  if (base.size < required.size) return;
  const { least, most } = countsOf(leaves);
  const isLarge = search.size === 'largest' && spot.level < search.bounds.levels;
  const names = declaredNames(leaves).filter((name) => !required.has(name) && isAllowedName(name, leaves, search));
  const room = Math.min(most - base.size, isLarge ? search.bounds.fields : least - base.size);
  const optional = room > 0 ? solveSome(names, room, { leaves, spot, search }) : new Map<string, unknown>();
  const wanted = Math.max(least - base.size - optional.size, isLarge ? entriesOf(leaves, search) : 0);
  const extra = solveSome(
    extraNames(leaves, wanted, spot, search).filter((name) => !base.has(name) && !optional.has(name)),
    Math.min(wanted, most - base.size - optional.size),
    { leaves, spot, search },
  );
  yield assemble(base, optional, extra);
  if (extra.size > 0) yield assemble(base, optional);
  if (extra.size + optional.size > 0) yield assemble(base);
  const others = room > 0 ? optional : solveSome(names.slice(0, fewNames), fewNames, { leaves, spot, search });
  yield* greedy(base, others, (value) => isAccepted(value, schemas, search));
}

const fewNames = 12;

/** From few fields to as many as stay accepted, and from all fields to as few as have to go. */
function* greedy(base: Fields, optional: Fields, isValid: (value: unknown) => boolean): Generator<unknown> {
  if (optional.size === 0 || optional.size > 60) return;
  for (const without of optional.keys()) yield assemble(base, withoutName(optional, without));
  let kept: Fields = new Map();
  for (const [name, value] of optional) {
    const more = new Map([...kept, [name, value]]);
    if (isValid(assemble(base, more))) kept = more;
  }
  yield assemble(base, kept);
  for (const [name, value] of optional) yield assemble(base, new Map([[name, value]]));
}

function withoutName(fields: Fields, name: string): Fields {
  return new Map([...fields].filter(([other]) => other !== name));
}

/** The required fields, then the others, each sorted as given. A field `__proto__` is one like any other. */
function assemble(...fields: readonly Fields[]): unknown {
  return Object.fromEntries(fields.flatMap((some) => [...some]));
}

/** What is required, and what that requires in turn. */
function requiredNames(leaves: Leaves): ReadonlySet<string> {
  const names = new Set(leaves.flatMap((leaf) => ownList(leaf, 'required').map(String)).sort());
  for (const name of names) {
    for (const leaf of leaves) {
      const dependents = ownList(ownObject(leaf, 'dependencies'), name);
      for (const dependent of dependents) names.add(String(dependent));
    }
  }
  return names;
}

function declaredNames(leaves: Leaves): readonly string[] {
  return [...new Set(leaves.flatMap((leaf) => Object.keys(ownObject(leaf, 'properties'))))].sort();
}

/** Values for names, as long as there is one for each. */
function solveAll(names: readonly string[], leaves: Leaves, spot: Spot, search: Search): Fields {
  const found = new Map<string, unknown>();
  for (const name of names) {
    const value = search.solve(schemasOf(leaves, name), below(spot, name));
    if (value === null) return found;
    found.set(name, value.value);
  }
  return found;
}

interface Around {
  readonly leaves: Leaves;
  readonly spot: Spot;
  readonly search: Search;
}

/** Values for as many names as have one, up to a number. */
function solveSome(names: readonly string[], most: number, { leaves, spot, search }: Around): Fields {
  const found = new Map<string, unknown>();
  for (const name of names) {
    if (found.size >= most) break;
    const value = search.solve(schemasOf(leaves, name), below(spot, name));
    if (value !== null) found.set(name, value.value);
  }
  return found;
}

function below({ path, level, variant }: Spot, name: string): Spot {
  return { name, path: `${path}.${name}`, level: level + 1, variant };
}

/** The schemas that hold for the field of a name. */
function schemasOf(leaves: Leaves, name: string): readonly unknown[] {
  return leaves.flatMap((leaf) => {
    const properties = ownObject(leaf, 'properties');
    if (!Object.hasOwn(leaf, 'patternProperties') && Object.hasOwn(properties, name)) return [properties[name]];
    const patterns = Object.entries(ownObject(leaf, 'patternProperties'));
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, schema]) => schema);
    const declared = Object.hasOwn(properties, name) ? [properties[name], ...matching] : matching;
    if (declared.length > 0 || !Object.hasOwn(leaf, 'additionalProperties')) return declared;
    return [own(leaf, 'additionalProperties')];
  });
}

function countsOf(leaves: Leaves): { readonly least: number; readonly most: number } {
  const numbers = (keyword: string): readonly number[] =>
    leaves.map((leaf) => own(leaf, keyword)).filter((value) => typeof value === 'number');
  return {
    least: Math.max(0, ...numbers('minProperties')),
    most: Math.min(Number.POSITIVE_INFINITY, ...numbers('maxProperties')),
  };
}

/** How many entries a map gets: none where other keys are not described. */
function entriesOf(leaves: Leaves, { bounds }: Search): number {
  const patterns = new Set(leaves.flatMap((leaf) => Object.keys(ownObject(leaf, 'patternProperties'))));
  const hasFields = leaves.some((leaf) => Object.keys(ownObject(leaf, 'properties')).length > 0);
  const isMap = leaves.some((leaf) => isObject(own(leaf, 'additionalProperties')));
  return patterns.size + (isMap ? (hasFields ? 1 : bounds.elements) : 0);
}

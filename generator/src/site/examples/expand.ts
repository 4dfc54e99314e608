import type { Lookup } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';
import { allKinds, declaredKinds, type Kind, kindOf } from '../../model/schema/kinds.ts';
import { negations } from './negate.ts';

/** Schemas without a choice left: each says what it says by itself. */
export type Leaves = readonly JsonObject[];

/** One way to satisfy a choice: schemas that then hold. */
type Way = readonly unknown[];

/**
 * Goes through the ways to satisfy schemas that hold together: through references and `allOf`, with one branch of each
 * `anyOf` and `oneOf`, with `if` met or not, with what depends on a field or without that field.
 */
export function* expand(schemas: readonly unknown[], reading: Reading): Generator<Leaves> {
  yield* choose({ leaves: new Set(), choices: [] }, schemas, reading);
}

/** Tells whether a schema stands for itself alone: it refers to no other and leaves no choice. */
export function isPlain(schema: JsonObject): boolean {
  return !leading.some((keyword) => Object.hasOwn(schema, keyword));
}

/** What schemas are opened with. */
export interface Reading {
  readonly lookup: Lookup;
  /** Takes a step, of which there is an end: false when there are no more. */
  readonly spend: () => boolean;
}

interface State {
  readonly leaves: ReadonlySet<JsonObject>;
  readonly choices: readonly (readonly Way[])[];
}

function* choose(state: State, pending: Way, reading: Reading): Generator<Leaves> {
  if (!reading.spend()) return;
  const opened = open(state, pending, reading.lookup);
  if (opened === null) return;
  const [choice, ...choices] = opened.choices;
  if (choice === undefined) yield [...opened.leaves];
  for (const way of choice ?? []) yield* choose({ leaves: opened.leaves, choices }, way, reading);
}

/** Adds schemas to what holds; null when nothing can satisfy them all. */
function open({ leaves, choices }: State, pending: Way, lookup: Lookup): State | null {
  const all = new Set(leaves);
  const found = [...choices];
  const queue = [...pending];
  for (const schema of queue) {
    if (schema === false) return null;
    if (!isObject(schema) || all.has(schema)) continue;
    all.add(schema);
    const reference = own(schema, '$ref');
    if (typeof reference === 'string') queue.push(lookup(reference)?.schema);
    queue.push(...ownList(schema, 'allOf'));
    found.push(...choicesOf(schema, lookup));
  }
  return commonKinds(all, lookup).length > 0 ? { leaves: all, choices: found } : null;
}

/** The kinds that every schema's `type`, `const` and `enum` allow. */
export function commonKinds(leaves: Iterable<JsonObject>, lookup: Lookup): readonly Kind[] {
  let kinds = allKinds;
  for (const leaf of leaves) {
    const own = lookup.once('kinds of an example', leaf, () => ownKinds(leaf));
    kinds = kinds === allKinds ? own : kinds.filter((kind) => own.includes(kind));
  }
  return kinds;
}

function ownKinds(leaf: JsonObject): readonly Kind[] {
  if (!Object.hasOwn(leaf, 'type') && !Object.hasOwn(leaf, 'const') && !Object.hasOwn(leaf, 'enum')) return allKinds;
  const lists = [
    declaredKinds(leaf),
    ...(Object.hasOwn(leaf, 'const') ? [new Set([kindOf(own(leaf, 'const'))])] : []),
    ...(Array.isArray(own(leaf, 'enum')) ? [new Set(ownList(leaf, 'enum').map(kindOf))] : []),
  ];
  return allKinds.filter((kind) => lists.every((list) => list.has(kind)));
}

const choosing = ['oneOf', 'anyOf', 'if', 'dependencies', 'not'];
const leading = ['$ref', 'allOf', ...choosing];

function choicesOf(schema: JsonObject, lookup: Lookup): readonly (readonly Way[])[] {
  if (!choosing.some((keyword) => Object.hasOwn(schema, keyword))) return [];
  return lookup.once('choices of an example', schema, () => [
    ...['oneOf', 'anyOf'].flatMap((keyword) => {
      const branches = ownList(schema, keyword);
      return branches.length === 0 ? [] : [branches.map((branch): Way => [branch])];
    }),
    ...conditionOf(schema),
    ...Object.entries(ownObject(schema, 'dependencies')).flatMap(([name, dependency]) =>
      isObject(dependency) || dependency === false ? [dependencyOf(name, dependency)] : [],
    ),
    ...negationsOf(schema, lookup),
  ]);
}

function conditionOf(schema: JsonObject): readonly (readonly Way[])[] {
  if (!Object.hasOwn(schema, 'if') || !(Object.hasOwn(schema, 'then') || Object.hasOwn(schema, 'else'))) return [];
  const [condition, then, otherwise] = ['if', 'then', 'else'].map((keyword) => own(schema, keyword) ?? true);
  return [
    [
      [condition, then],
      [{ not: condition }, otherwise],
    ],
  ];
}

function dependencyOf(name: string, dependency: unknown): readonly Way[] {
  const absent = { properties: Object.fromEntries([[name, false]]) };
  return [[absent], [{ required: [name] }, dependency]];
}

function negationsOf(schema: JsonObject, lookup: Lookup): readonly (readonly Way[])[] {
  if (!Object.hasOwn(schema, 'not')) return [];
  const ways = negations(own(schema, 'not'), lookup);
  return ways.length === 0 ? [] : [ways.map((way): Way => [way])];
}

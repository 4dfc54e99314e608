import type { Lookup, Part } from '../in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../json.ts';
import { flatten, isVacuous, type Leaf, meaningfulKeywords } from './parts.ts';

/** Alternatives of which at least one holds; each is a list of schemas that hold together. */
export type Choice = readonly (readonly Part[])[];

/** Keywords that leave a choice. */
const choiceKeywords: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'if', 'then', 'else', 'dependencies']);

/** The choices that schemas leave, those that say most about a value first. */
export function choicesOf(leaves: readonly Leaf[], lookup: Lookup): readonly Choice[] {
  const choices = [
    ...leaves.flatMap((leaf) => ['anyOf', 'oneOf'].flatMap((keyword) => listChoice(leaf, keyword))),
    ...leaves.flatMap((leaf) => conditionChoice(leaf, leaves, lookup)),
    ...leaves.flatMap(dependencyChoices),
  ];
  return choices.filter(
    (choice) => choice.length > 0 && !choice.some((parts) => parts.every(({ schema }) => isVacuous(schema))),
  );
}

/** A schema without its choices: what holds whichever alternative does. Its pointer tells it from the whole. */
export function withoutChoices({ pointer, schema }: Leaf): Leaf {
  const kept = Object.entries(schema).filter(
    ([keyword]) => !choiceKeywords.has(keyword) && keyword !== '$ref' && keyword !== 'allOf',
  );
  return { pointer: pointer.endsWith('!') ? pointer : `${pointer}!`, schema: Object.fromEntries(kept) };
}

/**
 * Every combination of alternatives, one of each choice, as far as they stay few; choices beyond are left out, which
 * accepts more.
 */
export function combine(
  choices: readonly Choice[],
  isPossible: (parts: readonly Part[]) => boolean,
): readonly (readonly Part[])[] {
  let combinations: readonly (readonly Part[])[] = [[]];
  for (const choice of choices) {
    const next = combinations.flatMap((parts) => choice.map((added) => [...parts, ...added]).filter(isPossible));
    if (next.length > mostCombinations && combinations.length > 1) continue;
    combinations = next;
  }
  return combinations;
}

const mostCombinations = 16;

function listChoice({ pointer, schema }: Leaf, keyword: string): Choice[] {
  const list = ownList(schema, keyword);
  return list.length === 0
    ? []
    : [list.map((item, index) => [{ pointer: `${pointer}/${keyword}/${index}`, schema: item }])];
}

/**
 * `if` leaves the choice between `if` with `then`, and `else`. Where `if` compares one property with values, and that
 * property has few, the second alternative excludes them.
 */
function conditionChoice(leaf: Leaf, leaves: readonly Leaf[], lookup: Lookup): Choice[] {
  const { pointer, schema } = leaf;
  if (!Object.hasOwn(schema, 'if')) return [];
  const part = (keyword: string): Part[] =>
    Object.hasOwn(schema, keyword) ? [{ pointer: `${pointer}/${keyword}`, schema: own(schema, keyword) }] : [];
  const negation = negated(own(schema, 'if'), leaves, lookup);
  const otherwise = negation === null ? [] : [{ pointer: `${pointer}/if#not`, schema: negation }];
  return [
    [
      [...part('if'), ...part('then')],
      [...otherwise, ...part('else')],
    ],
  ];
}

/** What is known of a value that fails a comparison of one property. */
function negated(condition: unknown, leaves: readonly Leaf[], lookup: Lookup): JsonObject | null {
  if (
    !isObject(condition) ||
    meaningfulKeywords(condition).some((keyword) => keyword !== 'properties' && keyword !== 'required')
  ) {
    return null;
  }
  const properties = Object.entries(ownObject(condition, 'properties'));
  const required = ownList(condition, 'required');
  const [name, property] = properties[0] ?? [];
  if (name === undefined || properties.length > 1 || required.some((other) => other !== name) || !isObject(property))
    return null;
  const [keyword, ...others] = meaningfulKeywords(property);
  if (others.length > 0 || (keyword !== 'const' && keyword !== 'enum')) return null;
  if (!leaves.some((leaf) => hasFewValues(leaf, name, lookup))) return null;
  const excluded = { properties: Object.fromEntries([[name, { not: property }]]) };
  return required.length === 0 ? { ...excluded, required: [name] } : excluded;
}

function hasFewValues({ pointer, schema }: Leaf, name: string, lookup: Lookup): boolean {
  const properties = ownObject(schema, 'properties');
  if (!Object.hasOwn(properties, name)) return false;
  const leaves = flatten([{ pointer: `${pointer}/properties/${name}`, schema: properties[name] }], lookup) ?? [];
  return leaves.some((leaf) => Array.isArray(own(leaf.schema, 'enum')) || own(leaf.schema, 'type') === 'boolean');
}

/** A dependency leaves the choice between an object without the property and one that satisfies it. */
function dependencyChoices({ pointer, schema }: Leaf): Choice[] {
  return Object.entries(ownObject(schema, 'dependencies'))
    .filter(([name]) => name !== '__proto__')
    .map(([name, dependency]) => {
      const place = `${pointer}/dependencies/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const required = Array.isArray(dependency) ? [name, ...dependency] : [name];
      return [
        [{ pointer: `${place}#absent`, schema: { properties: Object.fromEntries([[name, false]]) } }],
        [
          { pointer: `${place}#present`, schema: { required } },
          ...(Array.isArray(dependency) ? [] : [{ pointer: place, schema: dependency }]),
        ],
      ];
    });
}

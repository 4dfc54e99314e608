import { isObject, type Keywords, listAt, objectAt, own, resolve, type Schema, textAt } from '../schema/schema.ts';

/** Schemas that all apply to one value; alternatives have been chosen. */
export type Branch = readonly Keywords[];

/** More alternatives than these are not looked at: they multiply. */
const mostBranches = 64;

/**
 * The ways in which a value can satisfy a schema, as far as alternatives go: one of each `anyOf` and `oneOf`, the
 * condition with its consequence, a dependency with or without its property. What they leave out (`not`, the other
 * alternatives of `oneOf`) is for a check of the value.
 */
export function branchesOf(root: Schema, schema: unknown, fuel = 12): readonly Branch[] {
  if (schema === false || fuel === 0) return [];
  if (!isObject(schema)) return [[]];
  const below = (part: unknown): readonly Branch[] => branchesOf(root, part, fuel - 1);
  const target = textAt(schema, '$ref');
  const choices: (readonly Branch[])[] = [
    ...(target === undefined ? [] : [below(resolve(root, target))]),
    ...listAt(schema, 'allOf').map(below),
    ...['anyOf', 'oneOf'].map((keyword) => listAt(schema, keyword).flatMap(below)).filter((found) => found.length > 0),
    ...conditions(schema).map((parts) => parts.flatMap((part) => below({ allOf: part }))),
    ...refusals(own(schema, 'not')).map(below),
  ];
  return choices.reduce<readonly Branch[]>(
    (branches, found) => branches.flatMap((branch) => found.map((more) => [...branch, ...more])).slice(0, mostBranches),
    [[schema]],
  );
}

/** For each condition of a schema, the alternatives that it comes down to. */
function conditions(schema: Keywords): (readonly (readonly unknown[])[])[] {
  const condition = own(schema, 'if');
  const dependencies = Object.entries(objectAt(schema, 'dependencies'));
  return [
    ...(condition === undefined
      ? []
      : [
          [
            [condition, own(schema, 'then') ?? true],
            [{ not: condition }, own(schema, 'else') ?? true],
          ],
        ]),
    ...dependencies.map(([key, needed]) => [
      [{ properties: { [key]: false } }],
      [{ type: 'object', required: [key] }, Array.isArray(needed) ? { required: needed } : needed],
    ]),
  ];
}

/** What `not` comes down to where that can be said; the rest is for the check. */
function refusals(not: unknown): readonly unknown[] {
  if (!isObject(not) || Object.keys(not).length !== 1) return [];
  const required = listAt(not, 'required');
  return required.length > 0 ? [{ anyOf: required.map((key) => ({ properties: { [String(key)]: false } })) }] : [];
}

import type { TypeExpression } from '../../type-expression.ts';
import type { Lookup, Part } from '../in-place.ts';
import { ownList, ownObject } from '../json.ts';
import { allKinds, type Kinds, kindsOf } from '../kinds.ts';
import { accepts } from '../violation.ts';
import { branchWords } from './branch-words.ts';
import { type Choice, choicesOf, combine, withoutChoices } from './choices.ts';
import { intersectionOf, isNever, never, unionOf, unknown } from './expressions.ts';
import { listedValues } from './listed-values.ts';
import type { Merged } from './merged-type.ts';
import { objectType } from './object-type.ts';
import { flatten, type Leaf, onlyReference, propertyParts } from './parts.ts';
import { branchSite, type Site } from './sites.ts';
import type { Typer } from './typer.ts';

/** The type of values that are valid by schemas which leave choices. */
export function unionType(merged: Merged, choices: readonly Choice[], typer: Typer): TypeExpression {
  const { leaves, kinds, site } = merged;
  const common = leaves.map(withoutChoices);
  const alternatives = combine(choices, (added) => isPossible([...common, ...added], kinds, typer.lookup));
  const [first] = alternatives;
  if (first === undefined) return never;
  if (alternatives.length === 1) return typer.typeOf([...first, ...common], site, kinds);
  const union: Alternatives = { ...merged, common, alternatives };
  return keepsCommonPart(union, typer.lookup) ? factoredType(union, typer) : distributedType(union, typer);
}

interface Alternatives extends Merged {
  /** What holds for all alternatives. */
  readonly common: readonly Leaf[];
  readonly alternatives: readonly (readonly Part[])[];
}

/** Cheaply refuses combinations that contradict themselves in their kinds, or in a required property with listed values. */
function isPossible(parts: readonly Part[], kinds: Kinds, lookup: Lookup): boolean {
  const leaves = flatten(parts, lookup);
  if (leaves === null) return false;
  const left = [...kinds].filter((kind) => leaves.every(({ schema }) => kindsOf(schema, lookup).has(kind)));
  if (left.join() !== 'object') return left.length > 0;
  const required = new Set(leaves.flatMap(({ schema }) => ownList(schema, 'required').map(String)));
  return [...required].every((name) =>
    hasPossibleValue(
      leaves.flatMap((leaf) => propertyParts(leaf, name)),
      lookup,
    ),
  );
}

function hasPossibleValue(parts: readonly Part[], lookup: Lookup): boolean {
  const leaves = flatten(parts, lookup);
  if (leaves === null) return false;
  const values = listedValues(leaves, new Set(allKinds));
  return values === null || values.some((value) => parts.every(({ schema }) => accepts(schema, value, lookup)));
}

/** Objects whose common properties would have to stand in every alternative keep them apart. */
function keepsCommonPart({ common, alternatives, kinds }: Alternatives, lookup: Lookup): boolean {
  if (!common.some(({ schema }) => Object.keys(ownObject(schema, 'properties')).length > 0)) return false;
  return alternatives.every((parts) => {
    const leaves = flatten([...common, ...parts], lookup) ?? [];
    const others = [...kinds].filter((kind) => kind !== 'object');
    return others.every((kind) => leaves.some(({ schema }) => !kindsOf(schema, lookup).has(kind)));
  });
}

/** The common part, and what each alternative adds to it. */
function factoredType(union: Alternatives, typer: Typer): TypeExpression {
  const { common, alternatives, site, parts } = union;
  const words = branchWords(alternatives, typer.lookup);
  const members = alternatives.map((added, index) => {
    const branch = branchSite(site, words[index] || null, added[0]?.pointer ?? site.pointer);
    return addedType(added, branch, { union, typer });
  });
  return typer.extract(intersectionOf([objectType(common, site, typer), unionOf(members)]), { site, parts });
}

/** What one alternative says beyond the common part, in whose light its properties are typed. */
function addedType(
  added: readonly Part[],
  site: Site,
  { union, typer }: { readonly union: Alternatives; readonly typer: Typer },
): TypeExpression {
  const [only] = added;
  const reference = added.length === 1 && only !== undefined ? onlyReference(only) : null;
  const target = reference === null ? undefined : typer.lookup(reference);
  if (target !== undefined) return typer.typeOfDefinition(target);
  const leaves = flatten(added, typer.lookup) ?? [];
  const own = objectType(flatten([...union.common, ...added], typer.lookup) ?? [], site, typer, leaves);
  const hasChoices = choicesOf(leaves, typer.lookup).length > 0 && !isNever(own);
  const inner = hasChoices ? typer.typeOf(added, { ...site, anonymous: true }) : unknown;
  return typer.extract(intersectionOf([own, inner]), { site, parts: added });
}

/** The union of what each alternative is together with the common part. */
function distributedType({ common, alternatives, kinds, site, parts }: Alternatives, typer: Typer): TypeExpression {
  const words = branchWords(alternatives, typer.lookup);
  const members = alternatives.map((added, index) => {
    const word = words[index] ?? null;
    const place = word === '' ? site : branchSite(site, word, added[0]?.pointer ?? site.pointer);
    return typer.typeOf([...added, ...common], place, kinds);
  });
  const union = unionOf(members);
  const own = union.kind === 'union' ? union.members.filter((member) => belongsTo(member, site)) : [];
  // With an empty word among them, one of the members has the name of the site already.
  return own.length < 2 || words.includes('') ? union : typer.extract(union, { site, parts });
}

/** Tells whether an alternative is an object that was made for this union, and not one that has a name anyway. */
function belongsTo(member: TypeExpression, site: Site): boolean {
  if (member.kind === 'reference') return member.name.startsWith(`${site.id}/`);
  return member.kind === 'intersection' || (member.kind === 'object' && member.properties.length > 0);
}

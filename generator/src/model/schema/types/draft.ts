import type { Doc, TypeExpression } from '../../type-expression.ts';
import { schemaDoc } from '../doc.ts';
import type { Lookup, Part } from '../in-place.ts';
import { isObject, own, ownList, ownObject } from '../json.ts';
import { allKinds, declaredKinds, type Kind, type Kinds, kindsOf } from '../kinds.ts';
import { accepts } from '../violation.ts';
import { arrayType } from './array-type.ts';
import { branchWords } from './branch-words.ts';
import { choicesOf, combine, withoutChoices } from './choices.ts';
import { intersectionOf, isNever, never, nothing, primitive, typeOfValue, unionOf, unknown } from './expressions.ts';
import { objectType } from './object-type.ts';
import { flatten, isVacuous, type Leaf, meaningfulKeywords, onlyReference, propertyParts, unwrap } from './parts.ts';
import { branchSite, definitionSite, type NamedSite, type Site } from './sites.ts';
import type { Typer } from './typer.ts';

/** What is known while the types of one payload are made. */
export interface Drafting {
  readonly lookup: Lookup;
  readonly root: Site;
  /** From the key of a definition to the word it is named after. */
  readonly labels: ReadonlyMap<string, string>;
  /** Types with a site of their own, by its id; references in drafts are ids. */
  readonly named: Map<string, NamedSite>;
  /** Types of definitions by pointer; those being made are open. */
  readonly definitions: Map<string, Definition>;
  /** Lists of schemas that are being merged, so that one that comes again is not merged for ever. */
  readonly open: Set<string>;
}

interface Definition {
  readonly site: Site;
  type: TypeExpression | null;
  /** Somebody referred to it while it was being made, so it needs its name. */
  isRecursive: boolean;
}

/** The type of values of these kinds that are valid by all of these schemas: at least those. */
export function draftType(
  all: readonly Part[],
  site: Site,
  drafting: Drafting,
  allowed: Kinds = new Set(allKinds),
): TypeExpression {
  const { parts, kinds } = splitTypes(all.map(unwrap), allowed);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const reference = onlyReference(only);
    const target = reference === null ? undefined : drafting.lookup(reference);
    const fits = target !== undefined && [...kindsOf(target.schema, drafting.lookup)].every((kind) => kinds.has(kind));
    if (target !== undefined && fits) return definitionType(target, drafting);
  }
  const leaves = flatten(parts, drafting.lookup);
  if (leaves === null) return never;
  const key = leaves.map(({ pointer }) => pointer).join(' ');
  if (leaves.length > 0 && drafting.open.has(key)) return referencesOnly(leaves, drafting);
  drafting.open.add(key);
  const left = new Set(
    allKinds.filter(
      (kind) => kinds.has(kind) && leaves.every(({ schema }) => kindsOf(schema, drafting.lookup).has(kind)),
    ),
  );
  const type = mergedType({ parts: all, leaves, kinds: left }, site, drafting);
  drafting.open.delete(key);
  return type;
}

/** Schemas that say nothing but a type only narrow the kinds. */
function splitTypes(all: readonly Part[], allowed: Kinds): { parts: readonly Part[]; kinds: Kinds } {
  const isOnlyType = ({ schema }: Part): boolean =>
    isVacuous(schema) ||
    (isObject(schema) && meaningfulKeywords(schema).every((keyword) => keyword === 'type' || keyword === 'nullable'));
  const declared = all
    .filter(isOnlyType)
    .map(({ schema }) => (isObject(schema) ? declaredKinds(schema) : new Set(allKinds)));
  return {
    parts: all.filter((part) => !isOnlyType(part)),
    kinds: new Set(allKinds.filter((kind) => allowed.has(kind) && declared.every((kinds) => kinds.has(kind)))),
  };
}

/** What a `$ref` stands for: a name, unless the type is so small that it says more than a name would. */
function definitionType(target: Part, drafting: Drafting): TypeExpression {
  if (target.pointer === '') return { kind: 'reference', name: drafting.root.id };
  const known = drafting.definitions.get(target.pointer);
  if (known?.type != null) return known.type;
  if (known !== undefined) {
    known.isRecursive = true;
    return { kind: 'reference', name: known.site.id };
  }
  const key = target.pointer.slice('/definitions/'.length);
  const site = definitionSite(drafting.root, drafting.labels.get(key) ?? key, target.pointer);
  const definition: Definition = { site, type: null, isRecursive: false };
  drafting.definitions.set(target.pointer, definition);
  const type = draftType([target], { ...site, extract: false }, drafting);
  const needsName = definition.isRecursive || !isSmall(type);
  definition.type = needsName ? nameType(site, type, [target], drafting) : type;
  return definition.type;
}

/** Scalars, lists of scalars and types that have a name already. */
function isSmall(type: TypeExpression): boolean {
  if (type.kind === 'array') return isSmall(type.element);
  return type.kind === 'primitive' || type.kind === 'literal' || type.kind === 'reference';
}

function nameType(site: Site, type: TypeExpression, parts: readonly Part[], drafting: Drafting): TypeExpression {
  const schemas = (flatten(parts, drafting.lookup) ?? []).map(({ schema }) => schema);
  const described = schemas.filter((schema) => Object.hasOwn(schema, 'description') || Object.hasOwn(schema, 'title'));
  const doc: Doc = { ...schemaDoc(schemas.slice(0, 1)), description: schemaDoc(described.slice(0, 1)).description };
  drafting.named.set(site.id, { site, type, doc });
  return { kind: 'reference', name: site.id };
}

/** Schemas that refer to themselves together: what each of them refers to, which may accept more. */
function referencesOnly(leaves: readonly Leaf[], drafting: Drafting): TypeExpression {
  const targets = leaves.flatMap(({ schema }) => {
    const reference = own(schema, '$ref');
    return typeof reference === 'string' ? (drafting.lookup(reference) ?? []) : [];
  });
  return intersectionOf(targets.map((target) => definitionType(target, drafting)));
}

interface Merged {
  readonly parts: readonly Part[];
  readonly leaves: readonly Leaf[];
  readonly kinds: Kinds;
}

function mergedType(merged: Merged, site: Site, drafting: Drafting): TypeExpression {
  const { parts, leaves, kinds } = merged;
  if (kinds.size === 0) return never;
  const values = listedValues(leaves, kinds);
  if (values !== null) {
    const valid = values.filter((value) => parts.every(({ schema }) => accepts(schema, value, drafting.lookup)));
    return unionOf(valid.map(typeOfValue));
  }
  const choices = choicesOf(leaves, drafting.lookup);
  if (choices.length === 0) return typeByKinds(merged, site, drafting);
  const common = leaves.map(withoutChoices);
  const alternatives = combine(choices, (added) => isPossible([...common, ...added], kinds, drafting.lookup));
  if (alternatives.length === 0) return never;
  const choice: Alternatives = { common, alternatives, kinds };
  return keepsCommonPart(choice, drafting)
    ? factoredType(choice, merged, site, drafting)
    : distributedType(choice, merged, site, drafting);
}

/** The values a schema lists, of which others may refuse some; null when none lists any. */
function listedValues(leaves: readonly Leaf[], kinds: Kinds): readonly unknown[] | null {
  for (const { schema } of leaves) {
    if (Object.hasOwn(schema, 'const')) return [own(schema, 'const')];
    const values = own(schema, 'enum');
    if (Array.isArray(values)) return values;
  }
  const isBoolean = [...kinds].every((kind) => kind === 'boolean' || kind === 'null');
  if (!isBoolean || !leaves.some(({ schema }) => Object.hasOwn(schema, 'not'))) return null;
  return kinds.has('null') ? [true, false, null] : [true, false];
}

interface Alternatives {
  /** What holds for all alternatives. */
  readonly common: readonly Leaf[];
  readonly alternatives: readonly (readonly Part[])[];
  readonly kinds: Kinds;
}

/** Cheaply refuses combinations that contradict themselves in their kinds, or in a required property with listed values. */
function isPossible(parts: readonly Part[], kinds: Kinds, lookup: Lookup): boolean {
  const leaves = flatten(parts, lookup);
  if (leaves === null) return false;
  const left = [...kinds].filter((kind) => leaves.every(({ schema }) => kindsOf(schema, lookup).has(kind)));
  if (left.length === 0 || left.join() !== 'object') return left.length > 0;
  const required = new Set(leaves.flatMap(({ schema }) => ownList(schema, 'required').map(String)));
  return [...required].every((name) => {
    const parts = leaves.flatMap((leaf) => propertyParts(leaf, name));
    const properties = flatten(parts, lookup);
    if (properties === null) return false;
    const values = listedValues(properties, new Set(allKinds));
    return values === null || values.some((value) => parts.every(({ schema }) => accepts(schema, value, lookup)));
  });
}

/** Objects whose common properties would have to stand in every alternative keep them apart. */
function keepsCommonPart({ common, alternatives, kinds }: Alternatives, { lookup }: Drafting): boolean {
  if (alternatives.length < 2 || !common.some(({ schema }) => Object.keys(ownObject(schema, 'properties')).length > 0))
    return false;
  return alternatives.every((parts) => {
    const leaves = flatten([...common, ...parts], lookup) ?? [];
    return [...kinds].every(
      (kind) => kind === 'object' || !leaves.every(({ schema }) => kindsOf(schema, lookup).has(kind)),
    );
  });
}

/** The common part, and what each alternative adds to it. */
function factoredType(
  { common, alternatives }: Alternatives,
  { parts }: Merged,
  site: Site,
  drafting: Drafting,
): TypeExpression {
  const typer = typerOf(drafting);
  const words = branchWords(alternatives, drafting.lookup);
  const members = alternatives.map((added, index) => {
    const [only] = added;
    const reference = added.length === 1 && only !== undefined ? onlyReference(only) : null;
    const target = reference === null ? undefined : drafting.lookup(reference);
    if (target !== undefined) return definitionType(target, drafting);
    const leaves = flatten(added, drafting.lookup) ?? [];
    const branch = branchSite(site, words[index] ?? null, only?.pointer ?? site.pointer);
    const nested = choicesOf(leaves, drafting.lookup);
    const all = flatten([...common, ...added], drafting.lookup) ?? [];
    const own = objectType(all, branch, typer, leaves);
    const inner =
      nested.length === 0 || isNever(own) ? unknown : draftType(added, { ...branch, anonymous: true }, drafting);
    return extract(intersectionOf([own, inner]), branch, added, drafting);
  });
  const whole = objectType(common, site, typer);
  return extract(intersectionOf([whole, unionOf(members)]), site, parts, drafting);
}

/** The union of what each alternative is together with the common part. */
function distributedType(
  { common, alternatives, kinds }: Alternatives,
  { parts }: Merged,
  site: Site,
  drafting: Drafting,
): TypeExpression {
  const words = branchWords(alternatives, drafting.lookup);
  const [first] = alternatives;
  if (alternatives.length === 1 && first !== undefined) return draftType([...first, ...common], site, drafting, kinds);
  const members = alternatives.map((added, index) =>
    draftType(
      [...common, ...added],
      branchSite(site, words[index] ?? null, added[0]?.pointer ?? site.pointer),
      drafting,
      kinds,
    ),
  );
  const union = unionOf(members);
  const own = union.kind === 'union' ? union.members.filter((member) => belongsTo(member, site)) : [];
  return own.length < 2 ? union : extract(union, site, parts, drafting);
}

/** Tells whether an alternative is an object that was made for this union, and not one that has a name anyway. */
function belongsTo(member: TypeExpression, site: Site): boolean {
  if (member.kind === 'reference') return member.name.startsWith(`${site.id}/`);
  return member.kind === 'intersection' || (member.kind === 'object' && member.properties.length > 0);
}

/** Gives a type the name of its site, unless it belongs to a type that has it. */
function extract(type: TypeExpression, site: Site, parts: readonly Part[], drafting: Drafting): TypeExpression {
  const isOwn = site.extract && !site.anonymous && !isNever(type) && !isUnknownOrReference(type);
  return isOwn ? nameType(site, type, parts, drafting) : type;
}

function isUnknownOrReference(type: TypeExpression): boolean {
  return type.kind === 'reference' || (type.kind === 'primitive' && type.name === 'unknown');
}

/** Without any choice, the type is one for each kind of value. */
function typeByKinds({ parts, leaves, kinds }: Merged, site: Site, drafting: Drafting): TypeExpression {
  const isFree = kinds.size === allKinds.length && !leaves.some(({ schema }) => saysMore(schema));
  if (isFree) return unknown;
  return unionOf(
    allKinds
      .filter((kind) => kinds.has(kind))
      .map((kind) =>
        typeOfKind(kind, leaves, kinds.size > 1 && site.parent === null ? { ...site, extract: false } : site, {
          parts,
          drafting,
        }),
      ),
  );
}

/** Tells whether a schema distinguishes among arrays or objects in a way that types can say. */
function saysMore(schema: Leaf['schema']): boolean {
  const words =
    'items additionalItems contains minItems maxItems properties required patternProperties additionalProperties propertyNames not';
  return words.split(' ').some((keyword) => Object.hasOwn(schema, keyword));
}

function typeOfKind(
  kind: Kind,
  leaves: readonly Leaf[],
  site: Site,
  { parts, drafting }: { readonly parts: readonly Part[]; readonly drafting: Drafting },
): TypeExpression {
  switch (kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return primitive(kind);
    case 'null':
      return nothing;
    case 'array':
      return arrayType(leaves, site, typerOf(drafting));
    case 'object': {
      const type = objectType(leaves, site, typerOf(drafting));
      const isNamed = type.kind === 'object' && type.properties.length > 0;
      return isNamed ? extract(type, site, parts, drafting) : type;
    }
    default:
      return kind satisfies never;
  }
}

function typerOf(drafting: Drafting): Typer {
  return { lookup: drafting.lookup, typeOf: (parts, site, kinds) => draftType(parts, site, drafting, kinds) };
}

import type { TypeExpression } from '../../type-expression.ts';
import { schemaDoc } from '../doc.ts';
import type { Lookup, Part } from '../in-place.ts';
import { isObject, own } from '../json.ts';
import { allKinds, declaredKinds, type Kinds, kindsOf } from '../kinds.ts';
import { intersectionOf, isNever, isUnknown, never } from './expressions.ts';
import { mergedType } from './merged-type.ts';
import { flatten, isVacuous, type Leaf, meaningfulKeywords, onlyReference, unwrap } from './parts.ts';
import { definitionSite, type NamedSite, type Site } from './sites.ts';
import type { Made, Typer } from './typer.ts';

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

/** Makes types, and keeps those that get names in `drafting.named`. */
export function createTyper(drafting: Drafting): Typer {
  const typer: Typer = {
    lookup: drafting.lookup,
    typeOf: (parts, site, kinds) => typeOf({ parts, site }, kinds ?? new Set(allKinds), { ...drafting, typer }),
    typeOfDefinition: (target) => typeOfDefinition(target, { ...drafting, typer }),
    extract: (type, made) => (needsName(type, made.site) ? nameType(type, made, drafting) : type),
  };
  return typer;
}

type Context = Drafting & { readonly typer: Typer };

function typeOf({ parts: all, site }: Made, allowed: Kinds, context: Context): TypeExpression {
  const { lookup, open, typer } = context;
  const { parts: stated, kinds } = splitTypes(all.map(unwrap), allowed);
  const parts = withoutImplied(stated, lookup);
  const target = onlyTarget(parts, lookup);
  const fits = target !== undefined && [...kindsOf(target.schema, lookup)].every((kind) => kinds.has(kind));
  if (target !== undefined && fits) return typeOfDefinition(target, context);
  const leaves = flatten(parts, lookup);
  if (leaves === null) return never;
  const key = leaves.map(({ pointer }) => pointer).join(' ');
  if (leaves.length > 0 && open.has(key)) return referencesOnly(leaves, typer);
  open.add(key);
  const type = mergedType({ parts: all, leaves, site, kinds: possibleKinds(kinds, leaves, lookup) }, typer);
  open.delete(key);
  return type;
}

function possibleKinds(kinds: Kinds, leaves: readonly Leaf[], lookup: Lookup): Kinds {
  const accepted = leaves.map(({ schema }) => kindsOf(schema, lookup));
  return new Set(allKinds.filter((kind) => kinds.has(kind) && accepted.every((leaf) => leaf.has(kind))));
}

/** Schemas that say nothing but a type only narrow the kinds. */
function splitTypes(all: readonly Part[], allowed: Kinds): { parts: readonly Part[]; kinds: Kinds } {
  const isOnlyType = ({ schema }: Part): boolean =>
    isVacuous(schema) ||
    (isObject(schema) && meaningfulKeywords(schema).every((keyword) => keyword === 'type' || keyword === 'nullable'));
  const schemas = all.filter(isOnlyType).map(({ schema }) => schema);
  const declared = schemas.filter(isObject).map(declaredKinds);
  return {
    parts: all.filter((part) => !isOnlyType(part)),
    kinds: new Set(allKinds.filter((kind) => allowed.has(kind) && declared.every((kinds) => kinds.has(kind)))),
  };
}

/** Leaves out references to what another of the schemas builds on, so that the narrower one keeps its name. */
function withoutImplied(parts: readonly Part[], lookup: Lookup): readonly Part[] {
  if (parts.length < 2) return parts;
  const targets = parts.map((part) => onlyTarget([part], lookup)?.pointer);
  const implied = parts.map(
    (part, index) =>
      new Set(
        (flatten([part], lookup) ?? []).map(({ pointer }) => pointer).filter((pointer) => pointer !== targets[index]),
      ),
  );
  return parts.filter((_, index) => {
    const target = targets[index];
    if (target === undefined) return true;
    const isFirst = targets.indexOf(target) === index;
    return isFirst && !implied.some((pointers, other) => other !== index && pointers.has(target));
  });
}

/** The definition that a single schema refers to, and says nothing else. */
function onlyTarget(parts: readonly Part[], lookup: Lookup): Part | undefined {
  const [only] = parts;
  const reference = parts.length === 1 && only !== undefined ? onlyReference(only) : null;
  return reference === null ? undefined : lookup(reference);
}

function typeOfDefinition(target: Part, context: Context): TypeExpression {
  const { definitions, labels, root, typer } = context;
  if (target.pointer === '') return { kind: 'reference', name: root.id };
  const known = definitions.get(target.pointer);
  if (known?.type != null) return known.type;
  if (known !== undefined) {
    known.isRecursive = true;
    return { kind: 'reference', name: known.site.id };
  }
  const key = target.pointer.slice('/definitions/'.length);
  const site = definitionSite(root, labels.get(key) ?? key, target.pointer);
  const definition: Definition = { site, type: null, isRecursive: false };
  definitions.set(target.pointer, definition);
  const type = typer.typeOf([target], { ...site, extract: false });
  const isNamed = definition.isRecursive || !isSmall(type);
  definition.type = isNamed ? nameType(type, { site, parts: [target] }, context) : type;
  return definition.type;
}

/** Scalars, lists of scalars and types that have a name already. */
function isSmall(type: TypeExpression): boolean {
  if (type.kind === 'array') return isSmall(type.element);
  return type.kind === 'primitive' || type.kind === 'literal' || type.kind === 'reference';
}

/** A type needs a name unless it has one, says nothing, or belongs to a type that has the name of the site. */
function needsName(type: TypeExpression, site: Site): boolean {
  return site.extract && !site.anonymous && type.kind !== 'reference' && !isNever(type) && !isUnknown(type);
}

function nameType(type: TypeExpression, { site, parts }: Made, { lookup, named }: Drafting): TypeExpression {
  const schemas = (flatten(parts, lookup) ?? []).map(({ schema }) => schema);
  const described = schemas.filter((schema) => Object.hasOwn(schema, 'description') || Object.hasOwn(schema, 'title'));
  const { description } = schemaDoc(described.slice(0, 1));
  named.set(site.id, { site, type, doc: { ...schemaDoc(schemas.slice(0, 1)), description } });
  return { kind: 'reference', name: site.id };
}

/** Schemas that refer to themselves together: what each of them refers to, which may accept more. */
function referencesOnly(leaves: readonly Leaf[], typer: Typer): TypeExpression {
  const targets = leaves.flatMap(({ schema }) => {
    const reference = own(schema, '$ref');
    return typeof reference === 'string' ? (typer.lookup(reference) ?? []) : [];
  });
  return intersectionOf(targets.map(typer.typeOfDefinition));
}

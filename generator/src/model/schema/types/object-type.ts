import { byCodeUnit } from '../../order.ts';
import type { PropertyType, TypeExpression } from '../../type-expression.ts';
import { docOf } from '../doc.ts';
import type { Part } from '../in-place.ts';
import { isObject, own, ownList, ownObject } from '../json.ts';
import { isNever, isUnknown, never, unionOf, unknown } from './expressions.ts';
import { declaredNames, flatten, type Leaf, meaningfulKeywords, propertyParts } from './parts.ts';
import { elementSite, propertySite, type Site, valueSite } from './sites.ts';
import type { Typer } from './typer.ts';

/**
 * The type of objects that are valid by all of these schemas.
 *
 * A schema that says nothing about other properties accepts them, but gets no index signature: it would take from
 * readers and writers the check that a name is spelled right, and gives them nothing. One that says
 * `additionalProperties: true` gets one, and so does an object without any declared property.
 * @param only when given, properties are left out that this part of the schemas says nothing about.
 */
export function objectType(
  leaves: readonly Leaf[],
  site: Site,
  typer: Typer,
  only: readonly Leaf[] = leaves,
): TypeExpression {
  const names = finiteNames(leaves, typer);
  const properties = propertyNames(leaves, names)
    .filter((name) => only === leaves || only.some((leaf) => speaksOf(leaf, name)))
    .map((name) => propertyType(name, leaves, site, { typer, names }));
  if (properties.some(({ required, type }) => required && isNever(type))) return never;
  const index = names === null ? indexType(only, properties, site, typer) : null;
  return {
    kind: 'object',
    properties,
    index: properties.length === 0 && index === null ? emptyIndex(only, names) : index,
    isClosed: names !== null || only.some(({ schema }) => isClosed(schema)),
  };
}

interface PropertyContext {
  readonly typer: Typer;
  /** The only names that properties may have; null when there is no such list. */
  readonly names: ReadonlySet<string> | null;
}

function propertyNames(leaves: readonly Leaf[], names: ReadonlySet<string> | null): string[] {
  const forbidden = leaves.flatMap((leaf) => forbiddenName(leaf) ?? []);
  return [...new Set([...leaves.flatMap(declaredNames), ...forbidden, ...(names ?? [])])].sort(byCodeUnit);
}

function propertyType(
  name: string,
  leaves: readonly Leaf[],
  site: Site,
  { typer, names }: PropertyContext,
): PropertyType {
  const parts = leaves.flatMap((leaf) => propertyParts(leaf, name));
  const isForbidden = leaves.some((leaf) => forbiddenName(leaf) === name) || names?.has(name) === false;
  const pointer = parts[0]?.pointer ?? site.pointer;
  const type = isForbidden ? never : typer.typeOf(parts, propertySite(site, name, pointer));
  const required = leaves.some(({ schema }) => ownList(schema, 'required').includes(name));
  return { name, type, required, doc: docOf(parts, type, typer.lookup) };
}

function speaksOf(leaf: Leaf, name: string): boolean {
  return declaredNames(leaf).includes(name) || forbiddenName(leaf) === name || propertyParts(leaf, name).length > 0;
}

/** `not: { required: [name] }` says that there is no property of the name. */
function forbiddenName({ schema }: Leaf): string | undefined {
  const not = own(schema, 'not');
  if (!isObject(not) || meaningfulKeywords(not).join() !== 'required') return undefined;
  const [name, ...others] = ownList(not, 'required');
  return others.length === 0 && typeof name === 'string' && name !== '__proto__' ? name : undefined;
}

/** The names that `propertyNames` lists. */
function finiteNames(leaves: readonly Leaf[], { lookup }: Typer): ReadonlySet<string> | null {
  for (const { pointer, schema } of leaves) {
    const part = own(schema, 'propertyNames');
    if (part === undefined) continue;
    for (const leaf of flatten([{ pointer: `${pointer}/propertyNames`, schema: part }], lookup) ?? []) {
      const values = Object.hasOwn(leaf.schema, 'const') ? [own(leaf.schema, 'const')] : own(leaf.schema, 'enum');
      if (Array.isArray(values))
        return new Set(values.filter((value) => typeof value === 'string' && value !== '__proto__'));
    }
  }
  return null;
}

/** The type of properties that are not declared; null when there are none, or nothing is said about them. */
function indexType(
  leaves: readonly Leaf[],
  properties: readonly PropertyType[],
  site: Site,
  typer: Typer,
): TypeExpression | null {
  const others = leaves.map((leaf) => otherParts(leaf));
  const isSingle = properties.length === 0;
  const closed = others.some((parts) => parts !== 'open' && parts !== 'any' && parts.length === 0);
  if (closed) return null;
  const spoken = others.find((parts) => typeof parts !== 'string');
  if (spoken === undefined) return others.includes('any') && !isSingle ? unknown : null;
  const union = typeof spoken === 'string' ? [] : spoken;
  const types = union.map((part) => {
    const place = isSingle && union.length === 1 ? elementSite(site, part.pointer) : valueSite(site, part.pointer);
    return typer.typeOf([part], union.length > 1 ? { ...place, anonymous: true } : place);
  });
  return compatibleIndex(unionOf(types), properties);
}

/** Schemas of which one applies to a property that is not declared; `any` when that is said to be open. */
function otherParts({ pointer, schema }: Leaf): readonly Part[] | 'open' | 'any' {
  const additional = own(schema, 'additionalProperties');
  const patterns = Object.entries(ownObject(schema, 'patternProperties')).filter(
    ([pattern]) => pattern !== '__proto__',
  );
  if (additional === undefined) return 'open';
  if (additional === true || (isObject(additional) && meaningfulKeywords(additional).length === 0)) return 'any';
  const matching = patterns.map(([pattern, part]) => ({
    pointer: `${pointer}/patternProperties/${pattern.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    schema: part,
  }));
  return additional === false
    ? matching
    : [...matching, { pointer: `${pointer}/additionalProperties`, schema: additional }];
}

/** TypeScript wants every declared property to be possible by the index signature. */
function compatibleIndex(index: TypeExpression, properties: readonly PropertyType[]): TypeExpression {
  if (isUnknown(index)) return unknown;
  return unionOf([
    index,
    ...properties.map(({ type }) => type),
    ...(properties.every(({ required }) => required) ? [] : [absent]),
  ]);
}

/** Spelled by the printer as it is: what reading an optional property gives. */
const absent: TypeExpression = { kind: 'reference', name: 'undefined' };

/** An object without declared properties has either none or any. */
function emptyIndex(leaves: readonly Leaf[], names: ReadonlySet<string> | null): TypeExpression {
  const closed = names !== null || leaves.some(({ schema }) => isClosed(schema) || own(schema, 'maxProperties') === 0);
  return closed ? never : unknown;
}

function isClosed(schema: Leaf['schema']): boolean {
  return (
    own(schema, 'additionalProperties') === false && Object.keys(ownObject(schema, 'patternProperties')).length === 0
  );
}

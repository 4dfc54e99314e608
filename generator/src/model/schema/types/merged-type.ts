import type { TypeExpression } from '../../type-expression.ts';
import { own } from '../json.ts';
import { allKinds, type Kind, type Kinds } from '../kinds.ts';
import { accepts } from '../violation.ts';
import { arrayType } from './array-type.ts';
import { choicesOf } from './choices.ts';
import { never, nothing, primitive, typeOfValue, unionOf, unknown } from './expressions.ts';
import { listedValues } from './listed-values.ts';
import { objectType } from './object-type.ts';
import type { Leaf } from './parts.ts';
import type { Made, Typer } from './typer.ts';
import { unionType } from './union-type.ts';

/** Schemas that hold together, opened, and the kinds of values that they leave. */
export interface Merged extends Made {
  readonly leaves: readonly Leaf[];
  readonly kinds: Kinds;
}

/** The type of values of some kinds that are valid by all of these schemas. */
export function mergedType(merged: Merged, typer: Typer): TypeExpression {
  const { parts, leaves, kinds } = merged;
  if (kinds.size === 0) return never;
  const values = listedValues(leaves, kinds);
  if (values !== null) {
    const valid = values.filter((value) => parts.every(({ schema }) => accepts(schema, value, typer.lookup)));
    return unionOf(valid.map(typeOfValue));
  }
  const choices = choicesOf(leaves, typer.lookup);
  return choices.length === 0 ? typeByKinds(merged, typer) : unionType(merged, choices, typer);
}

/** Without any choice, the type is one for each kind of value. */
function typeByKinds(merged: Merged, typer: Typer): TypeExpression {
  const { leaves, kinds, site } = merged;
  if (kinds.size === allKinds.length && !leaves.some(({ schema }) => saysMore(schema))) return unknown;
  // An object beside other kinds is not the payload, and must not have its name.
  const place = kinds.size > 1 && site.parent === null ? { ...site, extract: false } : site;
  return unionOf([...kinds].map((kind) => typeOfKind(kind, { ...merged, site: place }, typer)));
}

/** Tells whether a schema distinguishes among arrays or objects in a way that types can say. */
function saysMore(schema: Leaf['schema']): boolean {
  return structural.some((keyword) => own(schema, keyword) !== undefined);
}

const structural = [
  ...['items', 'additionalItems', 'contains', 'minItems', 'maxItems', 'properties', 'required', 'patternProperties'],
  ...['additionalProperties', 'propertyNames', 'not'],
];

function typeOfKind(kind: Kind, { leaves, parts, site }: Merged, typer: Typer): TypeExpression {
  switch (kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return primitive(kind);
    case 'null':
      return nothing;
    case 'array':
      return arrayType(leaves, site, typer);
    case 'object': {
      const type = objectType(leaves, site, typer);
      const isMap = type.kind === 'object' && type.properties.length === 0;
      return isMap ? type : typer.extract(type, { site, parts });
    }
    default:
      return kind satisfies never;
  }
}

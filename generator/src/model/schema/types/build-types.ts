import type { NamedType } from '../../type-expression.ts';
import type { Bundle } from '../bundle.ts';
import { schemaDoc } from '../doc.ts';
import { inPlaceParts, lookupIn, type Part } from '../in-place.ts';
import { isObject } from '../json.ts';
import { declaredKinds, type Kinds, kindsOf } from '../kinds.ts';
import { createTyper, type Drafting } from './draft.ts';
import { type NameCollision, nameSites } from './names.ts';
import { rootSite } from './sites.ts';

/** The types of a payload, its own first. */
export interface PayloadTypes {
  readonly types: readonly NamedType[];
  readonly collisions: readonly NameCollision[];
}

/**
 * Derives the types of a bundle: as narrow as TypeScript can say, and wide enough for every valid value.
 *
 * One assumption is made. A payload that speaks of properties without a word on its type is taken for an object, since
 * events are objects; anywhere else the other kinds of values that such a schema accepts stay in the type.
 */
export function buildTypes({ schema, labels }: Pick<Bundle, 'schema' | 'labels'>, typeName: string): PayloadTypes {
  const root = rootSite(typeName);
  const drafting: Drafting = {
    lookup: lookupIn(schema),
    root,
    labels,
    named: new Map(),
    definitions: new Map(),
    open: new Set(),
  };
  const part: Part = { pointer: '', schema };
  const type = createTyper(drafting).typeOf([part], { ...root, extract: false }, assumedKinds(part, drafting));
  return nameSites({ site: root, type, doc: schemaDoc(isObject(schema) ? [schema] : []) }, drafting.named);
}

/** Kinds of the payload, by the assumption above. */
function assumedKinds(root: Part, { lookup }: Drafting): Kinds {
  const kinds = kindsOf(root.schema, lookup);
  const parts = new Map([[root.pointer, root]]);
  for (const part of parts.values()) {
    for (const next of inPlaceParts(part, lookup)) parts.set(next.pointer, parts.get(next.pointer) ?? next);
  }
  const schemas = [...parts.values()].map(({ schema }) => schema).filter(isObject);
  const saysObject = schemas.some((schema) => Object.hasOwn(schema, 'properties') || Object.hasOwn(schema, 'required'));
  const saysOther = schemas.some(
    (schema) => Object.hasOwn(schema, 'type') && [...declaredKinds(schema)].some((kind) => kind !== 'object'),
  );
  return saysObject && !saysOther && kinds.has('object') ? new Set(['object']) : kinds;
}

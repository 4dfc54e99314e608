import type { HeaderField, JsonSchema } from './event-model.ts';
import {
  declaredAt,
  declaredNames,
  isRequired,
  isSchemaObject,
  list,
  resolveSchema,
  type ScalarKind,
  scalarKind,
  schemasInPlace,
} from './payload-facts.ts';
import type { TypeExpression } from './type-expression.ts';

/**
 * Returns the headers that travel as message attributes: scalars and lists of texts at the top level, sorted by name.
 * Others (objects, unions of kinds) have no form as an attribute and are left out.
 */
export function headerFields(headers: JsonSchema, payload: JsonSchema): readonly HeaderField[] {
  return declaredNames(schemasInPlace(headers, headers)).flatMap((name) => {
    const [schema] = declaredAt(headers, [name]);
    const kind = scalarKind(headers, schema);
    if (kind === null) return [];
    return {
      name,
      attributeType: attributeTypes[kind],
      type: headerType(headers, schema, kind),
      required: isRequired(headers, headers, name),
      inPayload: payloadKind(payload, name) === kind,
      alwaysInPayload: payloadKind(payload, name) === kind && isAlwaysThere(payload, name),
    };
  });
}

/** Tells whether every valid payload has a value, and no null, for a top-level property. */
function isAlwaysThere(payload: JsonSchema, name: string): boolean {
  const isNullable = (schema: unknown): boolean => {
    const resolved = resolveSchema(payload, schema);
    if (!isSchemaObject(resolved)) return false;
    return [...list(resolved.type), ...list(resolved.enum)].some((value) => value === 'null' || value === null);
  };
  return isRequired(payload, payload, name) && !declaredAt(payload, [name]).every(isNullable);
}

/** Returns the kind of a payload's top-level property; null when it is not declared or no plain value. */
export function payloadKind(payload: JsonSchema, name: string): ScalarKind | null {
  const kinds = new Set(declaredAt(payload, [name]).map((schema) => scalarKind(payload, schema)));
  const [kind] = kinds;
  return kinds.size === 1 ? (kind ?? null) : null;
}

const attributeTypes = {
  string: 'String',
  number: 'Number',
  // SNS has no boolean attributes: `true` travels as the text "true".
  boolean: 'String',
  'string list': 'String.Array',
} as const satisfies Record<ScalarKind, HeaderField['attributeType']>;

function headerType(root: JsonSchema, schema: unknown, kind: ScalarKind): TypeExpression {
  const resolved = resolveSchema(root, schema);
  if (kind === 'string list') {
    const items = isSchemaObject(resolved) ? list(resolved.items)[0] : undefined;
    return { kind: 'array', element: headerType(root, items, 'string') };
  }
  const values = isSchemaObject(resolved)
    ? Object.hasOwn(resolved, 'const')
      ? [resolved.const]
      : list(resolved.enum)
    : [];
  const literals = values.filter((value) => typeof value === kind) as (string | number | boolean)[];
  const [only, ...others] = literals.map((value): TypeExpression => ({ kind: 'literal', value }));
  if (only === undefined) return { kind: 'primitive', name: kind };
  return others.length === 0 ? only : { kind: 'union', members: [only, ...others] };
}

import { isObject, type JsonObject, own, ownList, ownObject } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Scope } from '../scope.ts';
import { onlyReference } from './below.ts';

/**
 * The property by which schemas are told apart and its value in each, as a literal; null when there is none that has
 * one value in each of them.
 */
export function choiceProperty(schemas: readonly unknown[], scope: Scope): string | null {
  const [first, ...others] = schemas.map((schema) => fixedProperties(schema, scope));
  for (const [name, value] of first ?? []) {
    const values = [value, ...others.map((properties) => properties.get(name))];
    if (values.every((one) => one !== undefined) && new Set(values).size > 1) return jsonLiteral([name, ...values]);
  }
  return null;
}

/** Properties that have but one value, which is neither object nor array. */
function fixedProperties(schema: unknown, scope: Scope): ReadonlyMap<string, unknown> {
  const reference = onlyReference(schema);
  const target = reference === null ? schema : scope.definition(reference).schema;
  const properties = isObject(target) ? Object.entries(ownObject(target, 'properties')) : [];
  return new Map(
    properties.flatMap(([name, property]) => {
      const values = isObject(property) ? allowedValues(property) : [];
      const [value] = values;
      const isFixed = values.length === 1 && (typeof value !== 'object' || value === null) && name !== '__proto__';
      return isFixed ? [[name, value]] : [];
    }),
  );
}

function allowedValues(schema: JsonObject): readonly unknown[] {
  return Object.hasOwn(schema, 'const') ? [own(schema, 'const')] : ownList(schema, 'enum');
}

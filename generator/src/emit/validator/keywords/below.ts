import { isObject, own } from '../../../model/schema/json.ts';
import { keywords } from '../../../model/schema/keywords.ts';
import type { Site } from '../scope.ts';
import type { Step } from '../step.ts';

/** A call that applies a schema to parts of a value. What is but a reference is replaced by what it leads to. */
export function below(
  name: string,
  schema: unknown,
  { scope, value, place }: Site,
  more: readonly string[] = [],
): Step {
  const reference = onlyReference(schema);
  const definition = reference === null ? null : scope.definition(reference);
  return {
    kind: 'call',
    name: scope.use(name),
    value,
    checks: scope.check(definition === null ? schema : definition.schema),
    place,
    more,
  };
}

/** What a schema refers to that says nothing else; null for any other. */
export function onlyReference(schema: unknown): string | null {
  if (!isObject(schema) || typeof own(schema, '$ref') !== 'string') return null;
  const others = Object.keys(schema).filter((keyword) => keyword !== '$ref' && keywords.has(keyword));
  return others.length === 0 ? String(own(schema, '$ref')) : null;
}

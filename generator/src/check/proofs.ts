import type { Branch, Condition, Leaf, Scalar } from '@eventloom/engine';
import type { JsonSchema } from '../model/event-model.ts';
import { declaredField, isSchemaObject, list, resolveSchema, type SchemaObject } from '../model/payload-facts.ts';

/*
 * Proofs about filters over all valid payloads. They are sound, not complete: "impossible" and "certain" are said only
 * when they hold for every valid payload; everything else is left open.
 */

/** A leaf of a filter, seen from a place inside the payload. */
interface Wanted {
  readonly keys: readonly string[];
  readonly leaf: Leaf;
}

/** Steps, and steps within steps, after which a proof gives up. Recursive schemas have no end of places to look. */
const maximumSteps = 20_000;
const maximumDepth = 200;

/** One proof under way. */
interface Proof {
  readonly root: JsonSchema;
  steps: number;
  depth: number;
}

/** Takes a step of a proof, or gives up with `open`. */
function step(proof: Proof, open: boolean, prove: () => boolean): boolean {
  if (++proof.steps > maximumSteps || proof.depth >= maximumDepth) return open;
  proof.depth++;
  const proven = prove();
  proof.depth--;
  return proven;
}

/** Returns true when no valid payload can match all leaves of a branch. */
export function isImpossible(root: JsonSchema, branch: Branch): boolean {
  const wanted = branch.filter((leaf) => !leaf.mayBeAbsent).map((leaf) => ({ keys: leaf.path.split('.'), leaf }));
  return !mayHold({ root, steps: 0, depth: 0 }, root, wanted);
}

/** Returns true when every valid payload matches all leaves of a branch. */
export function isCertain(root: JsonSchema, branch: Branch): boolean {
  return branch.every((leaf) => mustHold({ root, steps: 0, depth: 0 }, [root], { keys: leaf.path.split('.'), leaf }));
}

function mayHold(proof: Proof, schema: unknown, wanted: readonly Wanted[]): boolean {
  return wanted.length === 0 || step(proof, true, () => schemaMayHold(proof, schema, wanted));
}

function schemaMayHold(proof: Proof, schema: unknown, wanted: readonly Wanted[]): boolean {
  const resolved = resolveSchema(proof.root, schema);
  if (resolved === false) return false;
  if (typeof resolved !== 'object') return true;
  const holds = (part: unknown) => mayHold(proof, part, wanted);
  return (
    list(resolved.allOf).every(holds) &&
    (resolved.anyOf === undefined || list(resolved.anyOf).some(holds)) &&
    (resolved.oneOf === undefined || list(resolved.oneOf).some(holds)) &&
    (resolved.if === undefined || holds(resolved.then ?? true) || holds(resolved.else ?? true)) &&
    valuesMayHold(resolved, wanted) &&
    (scalarMayHold(resolved, wanted) || objectMayHold(proof, resolved, wanted) || arrayMayHold(proof, resolved, wanted))
  );
}

/** A listed value that is an object or a list is not looked into. */
function valuesMayHold(schema: SchemaObject, wanted: readonly Wanted[]): boolean {
  const values = listedValues(schema);
  if (values === null) return true;
  return values.some((value) =>
    isScalar(value) ? wanted.every(({ keys, leaf }) => keys.length === 0 && leaf.test(value)) : true,
  );
}

function scalarMayHold(schema: SchemaObject, wanted: readonly Wanted[]): boolean {
  if (wanted.some(({ keys }) => keys.length > 0)) return false;
  const types = typesOf(schema).filter((type) => type !== 'object' && type !== 'array');
  return types.some((type) =>
    wanted.every(({ leaf }) => leaf.conditions.some((one) => conditionMayHold(one, type, schema))),
  );
}

function objectMayHold(proof: Proof, schema: SchemaObject, wanted: readonly Wanted[]): boolean {
  if (!typesOf(schema).includes('object') || wanted.some(({ keys }) => keys.length === 0)) return false;
  const groups = new Map<string, Wanted[]>();
  for (const { keys, leaf } of wanted) {
    const [key = '', ...rest] = keys;
    groups.set(key, [...(groups.get(key) ?? []), { keys: rest, leaf }]);
  }
  return [...groups].every(([key, group]) => {
    // A property with dots in its name is a path to EventBridge: too rare to be worth a proof.
    if (declaresPath(schema, key)) return true;
    const schemas = declaredField([{ ...schema, additionalProperties: undefined }], key);
    if (schemas.length > 0) return schemas.every((part) => mayHold(proof, part, group));
    return mayHold(proof, schema.additionalProperties ?? true, group);
  });
}

/** Different leaves may match different elements here, which allows more than AWS does, so it proves less. */
function arrayMayHold(proof: Proof, schema: SchemaObject, wanted: readonly Wanted[]): boolean {
  if (!typesOf(schema).includes('array')) return false;
  const { items } = schema;
  const elements = Array.isArray(items) ? [...items, schema.additionalItems ?? true] : [items ?? true];
  return wanted.every((one) => elements.some((element) => mayHold(proof, element, [one])));
}

function conditionMayHold(condition: Condition, type: string, schema: SchemaObject): boolean {
  switch (condition.kind) {
    case 'exact':
      return isOfType(condition.value, type) && isWithin(condition.value, schema);
    case 'numeric':
      return (
        (type === 'number' || type === 'integer') &&
        condition.comparisons.every(({ operator, value }) => overlaps(operator, value, schema))
      );
    case 'text':
    case 'cidr':
    case 'address':
      return type === 'string';
    case 'anything-but':
    case 'anything-but-text':
    case 'exists':
      return true;
    default:
      return condition satisfies never;
  }
}

function isWithin(value: Scalar, schema: SchemaObject): boolean {
  if (typeof value === 'number') return overlaps('=', value, schema);
  if (typeof value !== 'string') return true;
  const { length } = [...value];
  const tooShort = typeof schema.minLength === 'number' && length < schema.minLength;
  const tooLong = typeof schema.maxLength === 'number' && length > schema.maxLength;
  return !tooShort && !tooLong && fitsPattern(value, schema.pattern);
}

function fitsPattern(value: string, pattern: unknown): boolean {
  if (typeof pattern !== 'string') return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

/** Tells whether a number that the schema allows can compare so with `bound`. */
function overlaps(operator: '=' | '<' | '<=' | '>' | '>=', bound: number, schema: SchemaObject): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const below = (limit: unknown, orEqual: boolean) =>
    typeof limit !== 'number' || (orEqual ? limit <= bound : limit < bound);
  const above = (limit: unknown, orEqual: boolean) =>
    typeof limit !== 'number' || (orEqual ? limit >= bound : limit > bound);
  const reachesDown = below(minimum, operator !== '<') && below(exclusiveMinimum, false);
  const reachesUp = above(maximum, operator !== '>') && above(exclusiveMaximum, false);
  if (operator === '=') return reachesDown && reachesUp;
  return operator === '<' || operator === '<=' ? reachesDown : reachesUp;
}

/** All of `schemas` hold for one value. */
function mustHold(proof: Proof, schemas: readonly unknown[], wanted: Wanted): boolean {
  return step(proof, false, () => schemasMustHold(proof, schemas, wanted));
}

function schemasMustHold(proof: Proof, schemas: readonly unknown[], wanted: Wanted): boolean {
  const all = withAllOf(proof.root, schemas);
  if (all.includes(false)) return true;
  const known = all
    .filter((schema) => isSchemaObject(schema))
    .map((schema): SchemaObject => ({ ...schema, allOf: undefined }));
  for (const schema of known) {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const variants = list(schema[keyword]);
      const others = known.map((other) => (other === schema ? { ...other, [keyword]: undefined } : other));
      if (variants.length > 0 && variants.every((variant) => mustHold(proof, [variant, ...others], wanted)))
        return true;
    }
  }
  const [key, ...rest] = wanted.keys;
  if (key === undefined) return known.some((schema) => scalarMustHold(schema, wanted.leaf));
  const isObject = known.some(({ type }) => type === 'object');
  const isRequired = known.some(({ required }) => list(required).includes(key));
  if (!isObject || !isRequired) return false;
  return mustHold(
    proof,
    known.flatMap((schema) => declaredField([schema], key)),
    { ...wanted, keys: rest },
  );
}

function scalarMustHold(schema: SchemaObject, leaf: Leaf): boolean {
  const values = listedValues(schema);
  if (values !== null) return values.every((value) => isScalar(value) && leaf.test(value));
  if (schema.type === undefined) return false;
  return typesOf(schema).every((type) => {
    if (type === 'boolean') return leaf.test(true) && leaf.test(false);
    if (type === 'null') return leaf.test(null);
    const isPlain = type === 'string' || type === 'number' || type === 'integer';
    return isPlain && leaf.conditions.some((condition) => condition.kind === 'exists' && condition.wanted);
  });
}

function withAllOf(root: JsonSchema, schemas: readonly unknown[]): readonly (JsonSchema | undefined)[] {
  const found = new Set<JsonSchema | undefined>();
  const visit = (schema: unknown): void => {
    const resolved = resolveSchema(root, schema);
    if (found.has(resolved)) return;
    found.add(resolved);
    if (typeof resolved === 'object') list(resolved.allOf).forEach(visit);
  };
  schemas.forEach(visit);
  return [...found];
}

function listedValues(schema: SchemaObject): readonly unknown[] | null {
  if (Object.hasOwn(schema, 'const')) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : null;
}

const allTypes = ['string', 'number', 'boolean', 'null', 'object', 'array'] as const;

function typesOf(schema: SchemaObject): readonly string[] {
  return schema.type === undefined ? allTypes : list(schema.type).map(String);
}

function isOfType(value: Scalar, type: string): boolean {
  if (value === null) return type === 'null';
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === type;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function declaresPath(schema: SchemaObject, key: string): boolean {
  return isSchemaObject(schema.properties) && Object.keys(schema.properties).some((name) => name.startsWith(`${key}.`));
}

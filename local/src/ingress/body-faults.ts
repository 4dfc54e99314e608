/** A schema of the kind that the generator makes: JSON Schema draft-04, with references to its own definitions. */
type Schema = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a body by a model of an API, as the validator of API Gateway words it; empty when it is valid.
 * Source: messages of the json-schema-validator that API Gateway runs.
 */
export function bodyFaults(model: unknown, body: unknown): readonly string[] {
  const root = isObject(model) ? model : {};
  return faults(root, body, root);
}

function faults(schema: unknown, value: unknown, root: Schema): readonly string[] {
  if (!isObject(schema)) return [];
  if (typeof schema.$ref === 'string') return faults(definition(root, schema.$ref), value, root);
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    const check = Object.hasOwn(checks, keyword) ? checks[keyword] : undefined;
    return check === undefined ? [] : check({ argument, value, schema, root });
  });
}

function definition(root: Schema, reference: string): unknown {
  const definitions = isObject(root.definitions) ? root.definitions : {};
  const key = reference.slice('#/definitions/'.length);
  return Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}

interface Asked {
  readonly argument: unknown;
  readonly value: unknown;
  readonly schema: Schema;
  readonly root: Schema;
}

type Check = (asked: Asked) => readonly string[];

const checks: Readonly<Record<string, Check>> = {
  type: ({ argument, value }) => {
    const types = list(argument);
    const found = typeOf(value);
    if (types.includes(found)) return [];
    const allowed = types.map((name) => JSON.stringify(name)).join(',');
    return [`instance type (${found}) does not match any allowed primitive type (allowed: [${allowed}])`];
  },
  enum: ({ argument, value }) =>
    list(argument).some((one) => canonical(one) === canonical(value))
      ? []
      : [`instance value (${JSON.stringify(value)}) not found in enum (possible values: ${JSON.stringify(argument)})`],
  multipleOf: onNumbers((value, divisor) =>
    Number.isInteger(value / divisor) ? [] : [`remainder of division is not zero (${value} / ${divisor})`],
  ),
  minimum: onNumbers((value, bound, { exclusiveMinimum }) =>
    value > bound || (value === bound && exclusiveMinimum !== true)
      ? []
      : [`numeric instance is lower than the required minimum (minimum: ${bound}, found: ${value})`],
  ),
  maximum: onNumbers((value, bound, { exclusiveMaximum }) =>
    value < bound || (value === bound && exclusiveMaximum !== true)
      ? []
      : [`numeric instance is greater than the required maximum (maximum: ${bound}, found: ${value})`],
  ),
  minLength: onTexts((value, bound) =>
    [...value].length >= Number(bound)
      ? []
      : [`string "${value}" is too short (length: ${[...value].length}, required minimum: ${bound})`],
  ),
  maxLength: onTexts((value, bound) =>
    [...value].length <= Number(bound)
      ? []
      : [`string "${value}" is too long (length: ${[...value].length}, maximum allowed: ${bound})`],
  ),
  pattern: onTexts((value, pattern) =>
    new RegExp(String(pattern)).test(value)
      ? []
      : [`ECMA 262 regex "${pattern}" does not match input string "${value}"`],
  ),
  minItems: onLists((value, bound) =>
    value.length >= Number(bound)
      ? []
      : [`array is too short: must have at least ${bound} elements but instance has ${value.length} elements`],
  ),
  maxItems: onLists((value, bound) =>
    value.length <= Number(bound)
      ? []
      : [`array is too long: must have at most ${bound} elements but instance has ${value.length} elements`],
  ),
  uniqueItems: onLists((value, unique) =>
    unique !== true || new Set(value.map(canonical)).size === value.length
      ? []
      : ['array must not contain duplicate elements'],
  ),
  items: onLists((value, items, { root, schema }) =>
    value.flatMap((item, index) => faults(itemSchema(items, schema, index), item, root)),
  ),
  additionalItems: onLists((value, more, { schema }) => {
    const known = Array.isArray(schema.items) ? schema.items.length : Number.POSITIVE_INFINITY;
    return more === false && value.length > known
      ? [`array is too long: must have at most ${known} elements but instance has ${value.length} elements`]
      : [];
  }),
  required: onObjects((value, names) => {
    const missing = list(names).filter((name) => !Object.hasOwn(value, String(name)));
    return missing.length === 0 ? [] : [`object has missing required properties (${JSON.stringify(missing)})`];
  }),
  minProperties: onObjects((value, bound) =>
    Object.keys(value).length >= Number(bound)
      ? []
      : [`object has too few properties (found ${Object.keys(value).length} but schema requires at least ${bound})`],
  ),
  maxProperties: onObjects((value, bound) =>
    Object.keys(value).length <= Number(bound)
      ? []
      : [`object has too many properties (found ${Object.keys(value).length} but schema requires at most ${bound})`],
  ),
  properties: onObjects((value, properties, { root }) =>
    Object.entries(properties as Schema).flatMap(([name, part]) =>
      Object.hasOwn(value, name) ? faults(part, value[name], root) : [],
    ),
  ),
  patternProperties: onObjects((value, patterns, { root }) =>
    Object.entries(patterns as Schema).flatMap(([pattern, part]) =>
      Object.entries(value).flatMap(([name, item]) => (new RegExp(pattern).test(name) ? faults(part, item, root) : [])),
    ),
  ),
  additionalProperties: onObjects((value, more, { root, schema }) => {
    const others = Object.keys(value).filter((name) => !isDeclared(schema, name));
    if (more !== false) return others.flatMap((name) => faults(more, value[name], root));
    return others.length === 0
      ? []
      : [`object instance has properties which are not allowed by the schema: ${JSON.stringify(others)}`];
  }),
  dependencies: onObjects((value, dependencies, { root }) =>
    Object.entries(dependencies as Schema).flatMap(([name, part]) => {
      if (!Object.hasOwn(value, name)) return [];
      if (!Array.isArray(part)) return faults(part, value, root);
      const missing = part.filter((other) => !Object.hasOwn(value, String(other)));
      return missing.length === 0
        ? []
        : [`property "${name}" of object has missing property dependencies (${JSON.stringify(missing)})`];
    }),
  ),
  allOf: ({ argument, value, root }) => list(argument).flatMap((part) => faults(part, value, root)),
  anyOf: ({ argument, value, root }) =>
    count(argument, value, root) > 0
      ? []
      : [`instance failed to match at least one required schema among ${list(argument).length}`],
  oneOf: ({ argument, value, root }) =>
    count(argument, value, root) === 1
      ? []
      : [
          `instance failed to match exactly one schema (matched ${count(argument, value, root)} out of ${list(argument).length})`,
        ],
  not: ({ argument, value, root }) =>
    faults(argument, value, root).length > 0 ? [] : ['instance matched a schema which it should not have'],
};

function onNumbers(check: (value: number, argument: number, schema: Schema) => readonly string[]): Check {
  return ({ argument, value, schema }) => (typeof value === 'number' ? check(value, Number(argument), schema) : []);
}

function onTexts(check: (value: string, argument: unknown) => readonly string[]): Check {
  return ({ argument, value }) => (typeof value === 'string' ? check(value, argument) : []);
}

function onLists(check: (value: readonly unknown[], argument: unknown, asked: Asked) => readonly string[]): Check {
  return (asked) => (Array.isArray(asked.value) ? check(asked.value, asked.argument, asked) : []);
}

function onObjects(check: (value: Schema, argument: unknown, asked: Asked) => readonly string[]): Check {
  return (asked) => (isObject(asked.value) ? check(asked.value, asked.argument, asked) : []);
}

function itemSchema(items: unknown, schema: Schema, index: number): unknown {
  if (!Array.isArray(items)) return items;
  return index < items.length ? items[index] : schema.additionalItems;
}

function isDeclared({ properties, patternProperties }: Schema, name: string): boolean {
  if (isObject(properties) && Object.hasOwn(properties, name)) return true;
  return (
    isObject(patternProperties) && Object.keys(patternProperties).some((pattern) => new RegExp(pattern).test(name))
  );
}

function count(parts: unknown, value: unknown, root: Schema): number {
  return list(parts).filter((part) => faults(part, value, root).length === 0).length;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

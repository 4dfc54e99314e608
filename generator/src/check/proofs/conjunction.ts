import type { Lookup } from '../../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';

/** Schemas that all hold for one value, references and `allOf` opened; null when none can. */
export type Conjunction = readonly JsonObject[] | null;

/** Schemas of which one list holds beside the others. */
export type Choice = readonly (readonly unknown[])[];

/** Opens the references and `allOf` of schemas that hold together. Each schema is in the result once. */
export function conjunctionOf(schemas: readonly unknown[], lookup: Lookup): Conjunction {
  const found = new Set<JsonObject>();
  const queue = [...schemas];
  for (const schema of queue) {
    if (schema === false) return null;
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    const reference = own(schema, '$ref');
    if (typeof reference === 'string') queue.push(lookup(reference)?.schema);
    queue.push(...ownList(schema, 'allOf'));
  }
  return [...found];
}

/** What a schema leaves open: of each choice one list holds. What a choice excludes besides is left out. */
export function choicesOf(schema: JsonObject): readonly Choice[] {
  const unions = ['anyOf', 'oneOf'].map((keyword) => ownList(schema, keyword)).filter(({ length }) => length > 0);
  return [
    ...unions.map((options) => options.map((option) => [option])),
    ...(Object.hasOwn(schema, 'if') ? [conditional(schema)] : []),
    ...Object.entries(ownObject(schema, 'dependencies')).flatMap(dependent),
    ...(Object.hasOwn(schema, 'not') ? refused(own(schema, 'not')) : []),
  ];
}

function conditional(schema: JsonObject): Choice {
  const branch = (keyword: string): unknown => (Object.hasOwn(schema, keyword) ? own(schema, keyword) : true);
  const negated = negation(own(schema, 'if'));
  return [[own(schema, 'if'), branch('then')], ...negated.map((part) => [part, branch('else')])];
}

function dependent([name, dependency]: readonly [string, unknown]): readonly Choice[] {
  // Ajv finds these in every object.
  if (name in Object.prototype) return [];
  const then = Array.isArray(dependency) ? { required: dependency } : dependency;
  return [[[lacking(name)], [notObject], [{ required: [name] }, then]]];
}

const notObject = { type: ['array', 'boolean', 'null', 'number', 'string'] };

function lacking(name: string): JsonObject {
  return { type: 'object', properties: Object.fromEntries([[name, false]]) };
}

function refused(schema: unknown): readonly Choice[] {
  const options = negation(schema);
  return options.includes(true) ? [] : [options.map((option) => [option])];
}

/** Schemas one of which holds where a schema does not; `[true]` when that is not worth telling. */
function negation(schema: unknown): readonly unknown[] {
  if (schema === true) return [];
  if (!isObject(schema)) return [true];
  const keywords = Object.keys(schema).filter((keyword) => keyword !== 'description' && keyword !== 'title');
  const required = ownList(schema, 'required');
  const properties = Object.entries(ownObject(schema, 'properties'));
  if (keywords.some((keyword) => keyword !== 'required' && keyword !== 'properties' && keyword !== 'type'))
    return [true];
  if (Object.hasOwn(schema, 'type') && own(schema, 'type') !== 'object') return [true];
  if ([...required, ...properties.map(([name]) => name)].some((name) => String(name) in Object.prototype))
    return [true];
  const options = [
    ...(Object.hasOwn(schema, 'type') ? [notObject] : []),
    ...required.map((name) => lacking(String(name))),
    ...properties.map(([name, property]) => ({
      type: 'object',
      required: [name],
      properties: Object.fromEntries([[name, { not: property }]]),
    })),
  ];
  return options.length > 8 ? [true] : options;
}

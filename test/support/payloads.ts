import type { JsonValue } from '@eventloom/engine';
import fc from 'fast-check';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import type { FilterHints } from './filter-hints.ts';

type Keywords = Readonly<Record<string, unknown>>;

/** What the schema of one payload is read with. */
interface Reading {
  readonly bundle: JsonSchema;
  readonly hints: FilterHints;
  readonly path: readonly string[];
  /** Recursion ends at 0. */
  readonly depth: number;
}

/**
 * Payloads to the measure of a schema of the model, with the values that filters ask for among them. They are valid by
 * all that is in use in specs of this repository; what a schema says beyond that (`not`, `dependencies`, `contains`) is
 * for the caller to check.
 */
export function payloadsOf(bundle: JsonSchema, hints: FilterHints): fc.Arbitrary<JsonValue> {
  return make(bundle, { bundle, hints, path: [], depth: 6 });
}

function make(schema: unknown, reading: Reading): fc.Arbitrary<JsonValue> {
  const flat = flatten(schema, reading.bundle, 8);
  const union = flat.flatMap(({ anyOf, oneOf }) => [anyOf, oneOf]).find(Array.isArray) as unknown[] | undefined;
  if (union !== undefined) return oneOfUnion(flat, union, reading);
  const listed = flat.find((one) => 'const' in one || Array.isArray(one.enum));
  if (listed !== undefined) {
    const values = 'const' in listed ? [listed.const] : (listed.enum as unknown[]);
    return fc.constantFrom(...(values as JsonValue[]));
  }
  return fc.oneof(...typesOf(flat).map((type) => ofType(type, flat, reading)));
}

/** An alternative with everything that stands beside the union; what that refers to is among it already. */
function oneOfUnion(flat: readonly Keywords[], union: readonly unknown[], reading: Reading): fc.Arbitrary<JsonValue> {
  const beside = flat.map((one) => {
    const kept = Object.entries(one).filter(([key, value]) => !['$ref', 'allOf'].includes(key) && value !== union);
    return Object.fromEntries(kept);
  });
  return fc.oneof(...union.map((one) => make({ allOf: [...beside, one] }, reading)));
}

function typesOf(flat: readonly Keywords[]): readonly string[] {
  const said = flat.flatMap(({ type }) => (type === undefined ? [] : [Array.isArray(type) ? type : [type]]));
  const [first = [], ...others] = said as string[][];
  const all = first.filter((type) => others.every((other) => other.includes(type)));
  if (all.length > 0) return all;
  return flat.some(({ properties }) => properties !== undefined) ? ['object'] : ['string', 'number', 'boolean', 'null'];
}

function ofType(type: string, flat: readonly Keywords[], reading: Reading): fc.Arbitrary<JsonValue> {
  switch (type) {
    case 'object':
      return anObject(flat, reading);
    case 'array':
      return anArray(flat, reading);
    case 'string':
      return withHints(aString(flat), reading, (hint) => typeof hint === 'string' && fits(hint, flat));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return withHints(aNumber(type, flat), reading, (hint) => typeof hint === 'number' && isWithin(hint, type, flat));
  }
}

function withHints(
  values: fc.Arbitrary<JsonValue>,
  { hints, path }: Reading,
  accepts: (hint: JsonValue) => boolean,
): fc.Arbitrary<JsonValue> {
  const usable = (hints.get(path.join('.')) ?? []).filter(accepts);
  return usable.length === 0 ? values : fc.oneof({ arbitrary: fc.constantFrom(...usable), weight: 3 }, values);
}

function anObject(flat: readonly Keywords[], reading: Reading): fc.Arbitrary<JsonValue> {
  const required = new Set(flat.flatMap((one) => (one.required ?? []) as readonly string[]));
  const declared = new Map<string, unknown[]>();
  for (const { properties } of flat) {
    for (const [name, schema] of Object.entries((properties ?? {}) as Keywords)) {
      declared.set(name, [...(declared.get(name) ?? []), schema]);
    }
  }
  const names = [...new Set([...required, ...declared.keys()])].filter(
    (name) => required.has(name) || reading.depth > 0,
  );
  const fields = names.map((name) => {
    const inner = { ...reading, path: [...reading.path, name], depth: reading.depth - 1 };
    return [name, make({ allOf: declared.get(name) ?? [] }, inner)] as const;
  });
  const requiredKeys = names.filter((name) => required.has(name));
  return fc.record(Object.fromEntries(fields), { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<JsonValue>;
}

function anArray(flat: readonly Keywords[], reading: Reading): fc.Arbitrary<JsonValue> {
  const tuple = flat.find(({ items }) => Array.isArray(items))?.items as readonly unknown[] | undefined;
  const inner = { ...reading, depth: reading.depth - 1 };
  if (tuple !== undefined) return fc.tuple(...tuple.map((item) => make(item, inner))) as fc.Arbitrary<JsonValue>;
  const least = Math.max(0, ...numbersAt(flat, 'minItems'));
  const most = Math.max(least, reading.depth > 0 ? Math.min(3, ...numbersAt(flat, 'maxItems')) : least);
  const items = make({ allOf: flat.flatMap((one) => (one.items === undefined ? [] : [one.items])) }, inner);
  const isSet = flat.some(({ uniqueItems }) => uniqueItems === true);
  const bounds = { minLength: least, maxLength: most };
  const list = isSet
    ? fc.uniqueArray(items, { ...bounds, selector: (item) => JSON.stringify(item) })
    : fc.array(items, bounds);
  return list as fc.Arbitrary<JsonValue>;
}

function aString(flat: readonly Keywords[]): fc.Arbitrary<string> {
  const pattern = flat.find((one) => typeof one.pattern === 'string')?.pattern as string | undefined;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern)).filter((text) => fits(text, flat));
  const format = flat.find((one) => typeof one.format === 'string')?.format as string | undefined;
  const minLength = Math.max(0, ...numbersAt(flat, 'minLength'));
  const maxLength = Math.max(minLength, Math.min(24, ...numbersAt(flat, 'maxLength')));
  const free = fc.string({ unit: fc.constantFrom(...'abcxyzAXZ019-_. é"\\${'), minLength, maxLength });
  return formats[format ?? ''] ?? free;
}

const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  'date-time': moments.map((moment) => moment.toISOString()),
  date: moments.map((moment) => moment.toISOString().slice(0, 10)),
  time: moments.map((moment) => moment.toISOString().slice(11)),
  email: fc
    .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{1,8}$/))
    .map((parts) => `${parts.join('@')}.example`),
  uri: fc.webUrl(),
  ipv4: fc.ipV4(),
  hostname: fc.domain(),
};

function fits(text: string, flat: readonly Keywords[]): boolean {
  const isShort = numbersAt(flat, 'maxLength').every((most) => [...text].length <= most);
  const isLong = numbersAt(flat, 'minLength').every((least) => [...text].length >= least);
  const matches = flat.every(({ pattern }) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text));
  const hasFormat = flat.every(
    ({ format }) => format === undefined || (format === 'ipv4' && /^\d+(\.\d+){3}$/.test(text)),
  );
  return isShort && isLong && matches && hasFormat;
}

function aNumber(type: string, flat: readonly Keywords[]): fc.Arbitrary<JsonValue> {
  const from = Math.max(-1000, ...numbersAt(flat, 'minimum'), ...numbersAt(flat, 'exclusiveMinimum').map((n) => n + 1));
  const to = Math.max(
    from,
    Math.min(from + 2000, ...numbersAt(flat, 'maximum'), ...numbersAt(flat, 'exclusiveMaximum').map((n) => n - 1)),
  );
  if (type === 'integer') return fc.integer({ min: Math.ceil(from), max: Math.floor(to) });
  // Two decimals: what every filter language can compare.
  return fc.integer({ min: Math.ceil(from * 100), max: Math.floor(to * 100) }).map((cents) => cents / 100);
}

function isWithin(value: number, type: string, flat: readonly Keywords[]): boolean {
  return (
    (type !== 'integer' || Number.isInteger(value)) &&
    numbersAt(flat, 'minimum').every((least) => value >= least) &&
    numbersAt(flat, 'exclusiveMinimum').every((least) => value > least) &&
    numbersAt(flat, 'maximum').every((most) => value <= most) &&
    numbersAt(flat, 'exclusiveMaximum').every((most) => value < most)
  );
}

function numbersAt(flat: readonly Keywords[], keyword: string): readonly number[] {
  return flat.flatMap((one) => (typeof one[keyword] === 'number' ? [one[keyword]] : []));
}

/** A schema with all that applies beside it, but for unions. */
function flatten(schema: unknown, bundle: JsonSchema, fuel: number): readonly Keywords[] {
  if (typeof schema !== 'object' || schema === null || fuel === 0) return [];
  const own = schema as Keywords;
  const key = typeof own.$ref === 'string' ? own.$ref.slice('#/definitions/'.length) : null;
  const definitions = ((bundle as Keywords).definitions ?? {}) as Keywords;
  const parts = [
    ...(key === null ? [] : [own.$ref === '#' ? bundle : definitions[key]]),
    ...((own.allOf ?? []) as unknown[]),
  ];
  return [own, ...parts.flatMap((part) => flatten(part, bundle, fuel - 1))];
}

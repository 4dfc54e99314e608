import type { Scalar } from '@eventloom/engine';
import {
  type AttributeFacts,
  anyField,
  type FieldFacts,
  type NumberRange,
  type PayloadFacts,
  type ScalarKind,
} from '../aws/dialect/field-facts.ts';
import type { JsonSchema, MessageType } from './event-model.ts';
import { type Lookup, lookupIn } from './schema/in-place.ts';
import { isObject, own, ownList } from './schema/json.ts';
import { kindsOf } from './schema/kinds.ts';
import { listedScalars } from './schema/listed-scalars.ts';
import { isRequired, propertySchema } from './schema/property-schema.ts';
import { hasJoinedName, scalarSites } from './schema/scalar-sites.ts';
import { accepts } from './schema/violation.ts';

/** What the schemas of messages say about the fields of a filter, together: what may be in one of them may be. */
export function factsOf(messages: readonly MessageType[]): PayloadFacts {
  const field = (path: readonly string[]) =>
    fieldFacts(
      messages.map(({ payload }) => payload),
      path,
    );
  return { field, attribute: (name) => attributeFacts(messages, name, field([name])) };
}

/** A schema with the definitions that it refers to. */
interface Site {
  readonly schema: unknown;
  readonly lookup: Lookup;
}

/** Of a longer path nothing is known: there are too many names with dots that it might spell. */
const longestPath = 32;

/** A payload with its definitions. */
interface Bundle {
  readonly payload: JsonSchema;
  readonly lookup: Lookup;
}

function fieldFacts(payloads: readonly JsonSchema[], path: readonly string[]): FieldFacts {
  const bundles = payloads.map((payload): Bundle => ({ payload, lookup: lookupIn(payload) }));
  const isLong = path.length > longestPath;
  if (isLong || bundles.some(({ payload, lookup }) => hasJoinedName(payload, path, lookup)))
    return { ...anyField, isAmbiguous: true };
  const sites = bundles.flatMap(({ payload, lookup }) =>
    scalarSites(payload, path, lookup).map((schema): Site => ({ schema, lookup })),
  );
  const scalar = sites.filter((site) => kindsAt(site).length > 0);
  return {
    listed: listedAt(scalar),
    kinds: new Set(scalar.flatMap(kindsAt)),
    mayBe: (value) => scalar.some(({ schema, lookup }) => accepts(schema, value, lookup)),
    range: rangeOf(scalar.filter((site) => kindsAt(site).includes('number'))),
    isIpv4: scalar.every((site) => !kindsAt(site).includes('string') || hasFormat(site, 'ipv4')),
    isInList: path.some((_, at) => at > 0 && bundles.some((bundle) => mayBeList(bundle, path.slice(0, at)))),
    isAmbiguous: false,
  };
}

function mayBeList({ payload, lookup }: Bundle, path: readonly string[]): boolean {
  return scalarSites(payload, path, lookup).some((schema) => kindsOf(schema, lookup).has('array'));
}

const scalarKinds: readonly ScalarKind[] = ['string', 'number', 'boolean', 'null'];

function kindsAt({ schema, lookup }: Site): readonly ScalarKind[] {
  const kinds = kindsOf(schema, lookup);
  return scalarKinds.filter((kind) => kinds.has(kind));
}

function listedAt(sites: readonly Site[]): readonly Scalar[] | null {
  const lists = sites.map(({ schema, lookup }) => listedScalars(schema, lookup));
  return lists.every((list) => list !== null) ? [...new Set(lists.flat())] : null;
}

/** Schemas that all hold for the values of a schema: those of its `$ref` and `allOf`. */
function partsOf({ schema, lookup }: Site): readonly Readonly<Record<string, unknown>>[] {
  const parts = new Set<Readonly<Record<string, unknown>>>();
  const queue = [schema];
  for (const part of queue) {
    if (!isObject(part) || parts.has(part)) continue;
    parts.add(part);
    const reference = own(part, '$ref');
    queue.push(...ownList(part, 'allOf'), ...(typeof reference === 'string' ? [lookup(reference)?.schema] : []));
  }
  return [...parts];
}

function hasFormat(site: Site, format: string): boolean {
  return partsOf(site).some((part) => own(part, 'format') === format);
}

function rangeOf(sites: readonly Site[]): NumberRange {
  const ranges = sites.map((site) => partsOf(site).map(rangeOfPart).reduce(narrower, anyField.range));
  return ranges.length === 0 ? anyField.range : ranges.reduce(wider);
}

function rangeOfPart(part: Readonly<Record<string, unknown>>): NumberRange {
  const bound = (keyword: string, otherwise: number): number => {
    const value = own(part, keyword);
    return typeof value === 'number' ? value : otherwise;
  };
  const { least, most } = anyField.range;
  return narrower(
    { least: bound('minimum', least), leastExcluded: false, most: bound('maximum', most), mostExcluded: false },
    {
      least: bound('exclusiveMinimum', least),
      leastExcluded: true,
      most: bound('exclusiveMaximum', most),
      mostExcluded: true,
    },
  );
}

function narrower(one: NumberRange, other: NumberRange): NumberRange {
  const low = one.least > other.least || (one.least === other.least && one.leastExcluded) ? one : other;
  const high = one.most < other.most || (one.most === other.most && one.mostExcluded) ? one : other;
  return rangeFrom(low, high);
}

function wider(one: NumberRange, other: NumberRange): NumberRange {
  const low = one.least < other.least || (one.least === other.least && !one.leastExcluded) ? one : other;
  const high = one.most > other.most || (one.most === other.most && !one.mostExcluded) ? one : other;
  return rangeFrom(low, high);
}

function rangeFrom(low: NumberRange, high: NumberRange): NumberRange {
  const { least, leastExcluded } = low;
  const { most, mostExcluded } = high;
  return { least, leastExcluded, most, mostExcluded };
}

function attributeFacts(messages: readonly MessageType[], name: string, field: FieldFacts): AttributeFacts {
  const headers = messages.map((message) => message.headers.find((header) => header.name === name && header.inPayload));
  const types = new Set(headers.map((header) => header?.attributeType));
  const [type] = types;
  const unsent = messages.flatMap(({ payload }) => unsentValues(payload, name));
  return {
    attributeType: types.has(undefined) ? null : types.size === 1 ? (type ?? null) : 'different',
    unsent: [...new Set(unsent)],
    mayBeEmptyList: messages.some(({ payload }) => mayBe(payload, name, [])),
    field,
  };
}

function unsentValues(payload: JsonSchema, name: string): AttributeFacts['unsent'] {
  const mayBeAbsent = !isRequired(payload, name, lookupIn(payload));
  const values = ([null, ''] as const).filter((value) => mayBe(payload, name, value));
  return [...(mayBeAbsent ? [undefined] : []), ...values];
}

function mayBe(payload: JsonSchema, name: string, value: unknown): boolean {
  const lookup = lookupIn(payload);
  return accepts(propertySchema(payload, name, lookup), value, lookup);
}

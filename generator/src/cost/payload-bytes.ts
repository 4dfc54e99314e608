import type { MessageType } from '../model/event-model.ts';
import { type Lookup, lookupIn } from '../model/schema/in-place.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../model/schema/json.ts';

/** How large a payload is taken to be. */
export interface PayloadSize {
  /** Of its JSON text in UTF-8. */
  readonly bytes: number;
  readonly basis: 'given' | 'examples' | 'schema';
}

/** Estimates the payload of a message: the mean of its examples, else what its schema suggests. */
export function payloadSize({ payload, examples }: Pick<MessageType, 'payload' | 'examples'>): PayloadSize {
  const sizes = examples.map((example) => bytesOf(example));
  if (sizes.length > 0) return { bytes: Math.round(mean(sizes)), basis: 'examples' };
  const walk: Walk = { lookup: lookupIn(payload), steps: 0, depth: 0 };
  return { bytes: Math.round(schemaBytes(payload, walk)), basis: 'schema' };
}

/** Elements that an array is taken to have where nothing bounds it. */
export const assumedElements = 3;

/** Elements that an array of a schema is taken to have. */
export function elementsOf(schema: JsonObject): number {
  const least = numberAt(schema, 'minItems') ?? 0;
  const most = numberAt(schema, 'maxItems') ?? Math.max(least, assumedElements);
  return (Math.max(least, 1) + Math.max(most, least, 1)) / 2;
}

const assumedTextBytes = 16;
const assumedNumberBytes = 6;
/** Recursive schemas have no end: what is deeper, or comes after so many steps, is taken to be short. */
const maximumDepth = 12;
const maximumSteps = 2_000;

interface Walk {
  readonly lookup: Lookup;
  steps: number;
  depth: number;
}

const formatBytes: Readonly<Record<string, number>> = {
  uuid: 36,
  date: 10,
  time: 9,
  'date-time': 20,
  email: 24,
  uri: 40,
  ipv4: 13,
  ipv6: 30,
};

function schemaBytes(schema: unknown, walk: Walk): number {
  if (!isObject(schema)) return assumedTextBytes;
  if (walk.depth > maximumDepth || walk.steps > maximumSteps) return 2;
  walk.steps++;
  walk.depth++;
  const bytes = bytesOfValues(schema, (part) => schemaBytes(part, walk), walk.lookup);
  walk.depth--;
  return bytes;
}

function bytesOfValues(schema: JsonObject, below: (part: unknown) => number, lookup: Lookup): number {
  const reference = own(schema, '$ref');
  if (typeof reference === 'string') return below(lookup(reference)?.schema);
  if (Object.hasOwn(schema, 'const')) return bytesOf(own(schema, 'const'));
  const listed = ownList(schema, 'enum');
  if (listed.length > 0) return mean(listed.map(bytesOf));
  const alternatives = [...ownList(schema, 'oneOf'), ...ownList(schema, 'anyOf')];
  const combined = ownList(schema, 'allOf').reduce<number>((sum, part) => sum + below(part) - 2, 0);
  const chosen = alternatives.length === 0 ? 0 : mean(alternatives.map(below)) - 2;
  return Math.max(2, (plainBytes(schema, below) ?? 2) + combined + chosen);
}

/** The value without what its schema combines; null when it says nothing by itself. */
function plainBytes(schema: JsonObject, below: (part: unknown) => number): number | null {
  const type = [own(schema, 'type')].flat()[0];
  if (type === 'object' || Object.hasOwn(schema, 'properties')) {
    const fields = Object.entries(ownObject(schema, 'properties'));
    return fields.reduce((sum, [name, field]) => sum + bytesOf(name) + 2 + below(field), 2);
  }
  if (type === 'array') return elementsOf(schema) * (below(own(schema, 'items')) + 1) + 2;
  if (type === 'string') return textBytes(schema) + 2;
  if (type === 'number' || type === 'integer') return assumedNumberBytes;
  if (type === 'boolean') return 5;
  if (type === 'null') return 4;
  return null;
}

function textBytes(schema: JsonObject): number {
  const format = own(schema, 'format');
  const usual = typeof format === 'string' && Object.hasOwn(formatBytes, format) ? formatBytes[format] : undefined;
  const least = numberAt(schema, 'minLength') ?? 0;
  const most = numberAt(schema, 'maxLength') ?? Number.POSITIVE_INFINITY;
  return Math.min(most, Math.max(least, usual ?? assumedTextBytes));
}

function numberAt(schema: JsonObject, keyword: string): number | null {
  const value = own(schema, keyword);
  return typeof value === 'number' ? value : null;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? '').length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

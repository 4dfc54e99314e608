import { limits } from '@eventloom/engine';
import { compareDecimals, type Decimal, formatDecimal, parseDecimal } from './decimal.ts';
import { invalid } from './invalid.ts';

/** A value of an attribute, told apart by its type. Binary values are in base64. Lists, maps and sets are never changed. */
export type Value =
  | { readonly type: 'S' | 'B'; readonly value: string }
  | { readonly type: 'N'; readonly value: Decimal }
  | { readonly type: 'BOOL'; readonly value: boolean }
  | { readonly type: 'NULL' }
  | { readonly type: 'L'; readonly value: readonly Value[] }
  | { readonly type: 'M'; readonly value: Item }
  | { readonly type: 'SS' | 'BS' | 'NS'; readonly value: readonly (TextValue | NumberValue)[] };

type TextValue = Extract<Value, { readonly type: 'S' | 'B' }>;
type NumberValue = Extract<Value, { readonly type: 'N' }>;

/** The attributes of an item, by name. */
export type Item = ReadonlyMap<string, Value>;

/** Reads a value as the wire has it. Throws a `ValidationException`. */
export function readValue(wire: unknown, depth = 0): Value {
  if (depth > limits.tableNestingDepth.value) throw invalid('Nesting Levels have exceeded supported limits');
  const entries = Object.entries(isObject(wire) ? wire : {}).filter(([, value]) => value !== null);
  const [entry, ...others] = entries;
  if (entry === undefined || others.length > 0) {
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one');
  }
  return readTyped(entry[0], entry[1], depth);
}

function readTyped(type: string, wire: unknown, depth: number): Value {
  switch (type) {
    case 'S':
    case 'B':
      if (typeof wire === 'string') return { type, value: wire };
      break;
    case 'N':
      if (typeof wire === 'string') return { type, value: readNumber(wire) };
      break;
    case 'BOOL':
      if (typeof wire === 'boolean') return { type, value: wire };
      break;
    case 'NULL':
      if (wire === true) return { type };
      break;
    case 'L':
      if (Array.isArray(wire)) return { type, value: wire.map((element) => readValue(element, depth + 1)) };
      break;
    case 'M':
      if (isObject(wire)) return { type, value: readItem(wire, depth + 1) };
      break;
    case 'SS':
    case 'BS':
    case 'NS':
      if (Array.isArray(wire)) return readSet(type, wire, depth);
      break;
    default:
  }
  throw invalid(`Supplied AttributeValue is not a value of type ${type}`);
}

function readNumber(text: string): Decimal {
  const number = parseDecimal(text);
  if (number === null) throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  return number;
}

function readSet(type: 'SS' | 'BS' | 'NS', wire: readonly unknown[], depth: number): Value {
  if (wire.length === 0) throw invalid('One or more parameter values were invalid: An set may not be empty');
  const elements = wire.map((element) => readTyped(type.charAt(0), element, depth) as TextValue | NumberValue);
  const twice = elements.some((element, index) => elements.findIndex((other) => equal(element, other)) !== index);
  if (twice) throw invalid('One or more parameter values were invalid: Input collection contains duplicates.');
  return { type, value: elements };
}

/** Reads the attributes of an item, or of a map in it. Throws a `ValidationException`. */
export function readItem(wire: unknown, depth = 0): Item {
  if (!isObject(wire)) throw invalid('Supplied attributes are not a map');
  if (Object.hasOwn(wire, ''))
    throw invalid('One or more parameter values were invalid: An attribute has an empty name');
  return new Map(Object.entries(wire).map(([name, value]) => [name, readValue(value, depth)]));
}

/** Writes a value as the wire has it. */
export function writeValue(value: Value): object {
  switch (value.type) {
    case 'N':
      return { N: formatDecimal(value.value) };
    case 'NULL':
      return { NULL: true };
    case 'L':
      return { L: value.value.map(writeValue) };
    case 'M':
      return { M: writeItem(value.value) };
    case 'SS':
    case 'BS':
    case 'NS':
      return { [value.type]: value.value.map(textOf) };
    default:
      return { [value.type]: value.value };
  }
}

/** Writes the attributes of an item. */
export function writeItem(item: Item): Record<string, object> {
  return Object.fromEntries([...item].map(([name, value]) => [name, writeValue(value)]));
}

/** The text of an element of a set, or of a key. */
export function textOf(value: TextValue | NumberValue): string {
  return value.type === 'N' ? formatDecimal(value.value) : value.value;
}

/** Tells whether two values are the same; sets have no order. */
export function equal(left: Value, right: Value): boolean {
  if (left.type === 'N' && right.type === 'N') return compareDecimals(left.value, right.value) === 0;
  if (left.type !== right.type) return false;
  return canonical(left) === canonical(right);
}

/** Tells whether two items are the same. */
export function sameItem(left: Item | undefined, right: Item | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return equal({ type: 'M', value: left }, { type: 'M', value: right });
}

function canonical(value: Value): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: Value): unknown {
  if (value.type === 'M') {
    const entries = [...value.value].map(([name, member]) => [name, sorted(member)] as const);
    return { M: entries.sort(([left], [right]) => (left < right ? -1 : 1)) };
  }
  if (value.type === 'L') return { L: value.value.map(sorted) };
  if (value.type === 'SS' || value.type === 'BS' || value.type === 'NS') return value.value.map(textOf).sort();
  return writeValue(value);
}

/** Below, equal to or above zero, as `left` is to `right`; null when the two have no order. */
export function compare(left: Value, right: Value): number | null {
  if (left.type === 'N' && right.type === 'N') return compareDecimals(left.value, right.value);
  if (left.type === 'S' && right.type === 'S') return Buffer.compare(Buffer.from(left.value), Buffer.from(right.value));
  if (left.type !== 'B' || right.type !== 'B') return null;
  return Buffer.compare(Buffer.from(left.value, 'base64'), Buffer.from(right.value, 'base64'));
}

/** The size of an item in bytes, as DynamoDB counts it but for a byte here and there. */
export function bytesOf(item: Item): number {
  let bytes = 0;
  for (const [name, value] of item) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes(value: Value): number {
  switch (value.type) {
    case 'S':
      return Buffer.byteLength(value.value);
    case 'B':
      return Buffer.byteLength(value.value, 'base64');
    case 'N':
      return 1 + Math.ceil(formatDecimal(value.value).length / 2);
    case 'M':
      return 3 + bytesOf(value.value) + value.value.size;
    case 'L':
    case 'SS':
    case 'BS':
    case 'NS':
      return 3 + value.value.reduce((sum, element) => sum + 1 + valueBytes(element), 0);
    default:
      return 1;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

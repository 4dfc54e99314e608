import type { MessageAttribute, MessageAttributes } from '../state/content.ts';
import { AwsError } from './aws-error.ts';
import type { WireInput } from './call.ts';

/** Reads a field that holds text; null when it is absent. Throws a `SerializationException` when it is not text. */
export function optionalText(input: WireInput, field: string): string | null {
  const value = input[field] ?? null;
  if (value !== null && typeof value !== 'string') throw wrongType(field, 'a string', value);
  return value;
}

/** Reads a field that holds text; empty when it is absent. */
export function text(input: WireInput, field: string): string {
  return optionalText(input, field) ?? '';
}

/** Reads a field that holds a number; null when it is absent. The query protocol sends numbers as text. */
export function optionalNumber(input: WireInput, field: string): number | null {
  const value = input[field] ?? null;
  if (value === null) return null;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongType(field, 'a number', value);
  return number;
}

/** Reads a field that holds a list of texts; empty when it is absent. */
export function texts(input: WireInput, field: string): readonly string[] {
  return list(input, field).map((value) => {
    if (typeof value !== 'string') throw wrongType(field, 'a list of strings', value);
    return value;
  });
}

/** Reads a field that holds a list of structures; empty when it is absent. */
export function structures(input: WireInput, field: string): readonly WireInput[] {
  return list(input, field).map((value) => structure(value, field));
}

/** Reads the field `MessageAttributes`. */
export function messageAttributes(input: WireInput, field = 'MessageAttributes'): MessageAttributes {
  const value = input[field] || null;
  if (value === null) return new Map();
  const entries = Object.entries(structure(value, field));
  return new Map(entries.map(([name, attribute]) => [name, messageAttribute(structure(attribute, field))]));
}

function messageAttribute(input: WireInput): MessageAttribute {
  return {
    dataType: text(input, 'DataType'),
    stringValue: optionalText(input, 'StringValue'),
    binaryValue: optionalText(input, 'BinaryValue'),
  };
}

function list(input: WireInput, field: string): readonly unknown[] {
  // The query protocol sends an empty list as empty text.
  const value = input[field] || [];
  if (!Array.isArray(value)) throw wrongType(field, 'a list', value);
  return value;
}

function structure(value: unknown, field: string): WireInput {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(field, 'a structure', value);
  return value as WireInput;
}

function wrongType(field: string, expected: string, value: unknown): AwsError {
  return new AwsError('SerializationException', `${field} must be ${expected}, not ${JSON.stringify(value)}`);
}

import type { JsonValue } from '@eventloom/engine';
import { literal } from './literal.ts';
import { objectKey } from './property-key.ts';
import { lineWidth } from './text.ts';

export interface JsonValueOptions {
  /** White space before the line that the value starts on. None by default. */
  readonly indent?: string;
  /** Columns already taken on that line, beyond the indentation. 0 by default. */
  readonly column?: number;
}

/** Code that stands in a value as it is: an expression, already spelled. */
export interface Code {
  readonly code: string;
}

/** JSON in which expressions may stand. A string is always data; only `Code` is code. */
export type CodeValue = string | number | boolean | null | Code | readonly CodeValue[] | ReadonlyMap<string, CodeValue>;

/** Spells JSON as a TypeScript expression, on one line where it fits and otherwise one entry a line. */
export function jsonValue(value: JsonValue, options: JsonValueOptions = {}): string {
  return codeValue(fromJson(value), options);
}

/** An expression to stand in a value. */
export function code(text: string): Code {
  return { code: text };
}

/** An object of a value, in the order given. Entries that are undefined are left out. */
export function record(entries: Readonly<Record<string, CodeValue | undefined>>): ReadonlyMap<string, CodeValue> {
  return new Map(Object.entries(entries).filter((entry): entry is [string, CodeValue] => entry[1] !== undefined));
}

/** JSON as a value that expressions may stand beside. Objects keep the order of their keys. */
export function fromJson(value: JsonValue): CodeValue {
  if (isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)]));
}

/** Spells a value as a TypeScript expression, on one line where it fits and otherwise one entry a line. */
export function codeValue(value: CodeValue, options: JsonValueOptions = {}): string {
  const indent = options.indent ?? '';
  const flat = onOneLine(value);
  const width = lineWidth - indent.length - (options.column ?? 0) - 1;
  if ((flat.length <= width && !flat.includes('\n')) || !isNested(value)) return flat;
  const inner = `${indent}  `;
  if (isArray(value)) {
    return `[\n${value.map((item) => `${inner}${codeValue(item, { indent: inner })},\n`).join('')}${indent}]`;
  }
  const lines = [...value].map(([key, item]) => {
    const start = `${objectKey(key)}: `;
    return `${inner}${start}${codeValue(item, { indent: inner, column: start.length })},\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function onOneLine(value: CodeValue): string {
  if (typeof value !== 'object' || value === null) return literal(value);
  if (isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isMap(value)) return value.code;
  if (value.size === 0) return '{}';
  return `{ ${[...value].map(([key, item]) => `${objectKey(key)}: ${onOneLine(item)}`).join(', ')} }`;
}

function isNested(value: CodeValue): value is readonly CodeValue[] | ReadonlyMap<string, CodeValue> {
  return (isArray(value) && value.length > 0) || (isMap(value) && value.size > 0);
}

function isArray<T>(value: T): value is T & readonly (T extends readonly (infer Item)[] ? Item : never)[] {
  return Array.isArray(value);
}

function isMap(value: CodeValue): value is ReadonlyMap<string, CodeValue> {
  return value instanceof Map;
}

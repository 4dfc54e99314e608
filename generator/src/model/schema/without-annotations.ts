import type { JsonSchema } from '../event-model.ts';
import { isObject } from './json.ts';
import { keywords } from './keywords.ts';

/** Returns a schema with only those keywords that decide what it accepts, and its definitions. */
export function withoutAnnotations(schema: JsonSchema): JsonSchema {
  return strip(schema) as JsonSchema;
}

function strip(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([keyword, value]) => stripKeyword(keyword, value)));
}

function stripKeyword(keyword: string, value: unknown): readonly (readonly [string, unknown])[] {
  const content = keywords.get(keyword);
  switch (content) {
    case undefined:
    case 'annotation':
    case 'identity':
      return [];
    case 'assertion':
      return [[keyword, value]];
    case 'schema':
      return [[keyword, strip(value)]];
    case 'schemas':
    case 'schema or schemas':
      return [[keyword, Array.isArray(value) ? value.map(strip) : strip(value)]];
    case 'schema map':
    case 'dependencies':
    case 'definitions':
      return [[keyword, isObject(value) ? stripMap(value) : value]];
    default:
      return content satisfies never;
  }
}

function stripMap(map: object): unknown {
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, Array.isArray(item) ? item : strip(item)]));
}

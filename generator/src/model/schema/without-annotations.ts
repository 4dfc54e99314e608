import type { JsonSchema } from '../event-model.ts';
import { isObject } from './json.ts';
import { keywords } from './keywords.ts';

/** Returns a schema with only those keywords that decide what it accepts, and its definitions. */
export function withoutAnnotations(schema: JsonSchema): JsonSchema {
  return strip(schema, none) as JsonSchema;
}

/** Returns a schema with what decides what it accepts, its definitions, and the values that it shows. */
export function withoutTexts(schema: JsonSchema): JsonSchema {
  return strip(schema, shownValues) as JsonSchema;
}

const none: ReadonlySet<string> = new Set();
const shownValues: ReadonlySet<string> = new Set(['default', 'examples']);

function strip(schema: unknown, kept: ReadonlySet<string>): unknown {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).flatMap(([keyword, value]) => stripKeyword(keyword, value, kept)));
}

function stripKeyword(
  keyword: string,
  value: unknown,
  kept: ReadonlySet<string>,
): readonly (readonly [string, unknown])[] {
  const content = keywords.get(keyword);
  switch (content) {
    case 'annotation':
      return kept.has(keyword) ? [[keyword, value]] : [];
    case undefined:
    case 'identity':
      return [];
    case 'assertion':
      return [[keyword, value]];
    case 'schema':
      return [[keyword, strip(value, kept)]];
    case 'schemas':
    case 'schema or schemas':
      return [[keyword, Array.isArray(value) ? value.map((item) => strip(item, kept)) : strip(value, kept)]];
    case 'schema map':
    case 'dependencies':
    case 'definitions':
      return [[keyword, isObject(value) ? stripMap(value, kept) : value]];
    default:
      return content satisfies never;
  }
}

function stripMap(map: object, kept: ReadonlySet<string>): unknown {
  return Object.fromEntries(
    Object.entries(map).map(([key, item]) => [key, Array.isArray(item) ? item : strip(item, kept)]),
  );
}

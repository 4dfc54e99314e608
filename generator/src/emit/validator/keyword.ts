import { isObject, type JsonObject } from '../../model/schema/json.ts';
import { keywords } from '../../model/schema/keywords.ts';
import type { Site } from './scope.ts';
import type { Part } from './step.ts';

/** How keywords that belong together are written. */
export interface Keyword {
  readonly names: readonly string[];
  /** What the keyword `name`, which the schema has, comes to. */
  parts(schema: JsonObject, site: Site, name: string): readonly Part[];
}

/** Tells whether a schema has no keyword that could refuse a value. */
export function isOpen(schema: unknown): boolean {
  return isObject(schema) ? !Object.keys(schema).some(restricts) : schema !== false;
}

function restricts(keyword: string): boolean {
  const content = keywords.get(keyword);
  return content !== undefined && content !== 'definitions' && content !== 'annotation' && content !== 'identity';
}

/** Tells whether nothing that a schema says applies another. */
export function isPlain(schema: unknown): boolean {
  return (
    isObject(schema) &&
    Object.keys(schema).every((keyword) => keywords.get(keyword) === 'assertion' && keyword !== '$ref')
  );
}

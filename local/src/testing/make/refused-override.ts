import { suggest } from '@eventloom/engine';
import { canonicalText, isObject, objectAt, own, pointerTo, type Schema } from '../schema/schema.ts';
import { branchesOf } from './branches.ts';
import { Unmakeable } from './kit.ts';

/**
 * Says which of the fields that were asked for a schema refuses, and how a field of nearly its name is called. null when
 * the schema has no valid value at all. `making` throws {@link Unmakeable} for fields that do not go.
 */
export function refusedOverride(
  root: Schema,
  overrides: unknown,
  making: (overrides: unknown) => unknown,
): Unmakeable | null {
  const goes = (asked: unknown): boolean => {
    try {
      making(asked);
      return true;
    } catch (error) {
      if (error instanceof Unmakeable) return false;
      throw error;
    }
  };
  if (overrides === undefined || !goes(undefined)) return null;
  const refused = fieldsOf(overrides).find(({ path, value }) => !goes(holding(path, value)));
  if (refused === undefined) {
    const paths = fieldsOf(overrides).map(({ path }) => pointerOf(path));
    return new Unmakeable(
      canonicalText(root),
      `the fields that were asked for do not go together: ${paths.join(', ')}`,
    );
  }
  const { path, value } = refused;
  const parts = path.slice(0, -1).reduce((schemas, key) => schemasAt(root, schemas, key), partsOf(root, [root]));
  const names = [
    ...new Set(parts.flatMap((part) => (isObject(part) ? Object.keys(objectAt(part, 'properties')) : []))),
  ];
  const name = path.at(-1) ?? '';
  const place = parts[0] ?? root;
  if (path.length === 0 || names.includes(name)) {
    const asked = value === undefined ? 'is left out' : `is ${JSON.stringify(value).slice(0, 100)}`;
    return new Unmakeable(canonicalText(place), `there is none in which ${pointerOf(path) || 'the whole'} ${asked}`);
  }
  const near = suggest(name, names);
  const hint = near === undefined ? '' : `; the nearest is ${JSON.stringify(near)}`;
  return new Unmakeable(canonicalText(place), `it has no field ${pointerOf(path)}, which was asked for${hint}`);
}

interface Field {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The fields that were asked for, down to what is no object. */
function fieldsOf(value: unknown, path: readonly string[] = []): readonly Field[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, item]) => fieldsOf(item, [...path, key]));
}

function holding(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function pointerOf(path: readonly string[]): string {
  return path.reduce(pointerTo, '');
}

/** The schemas with all that apply beside them, in any alternative. */
function partsOf(root: Schema, schemas: readonly unknown[]): readonly Schema[] {
  return [...new Set(schemas.flatMap((schema) => branchesOf(root, schema).flat()))];
}

function schemasAt(root: Schema, schemas: readonly Schema[], key: string): readonly Schema[] {
  const below = schemas.flatMap((schema) => (isObject(schema) ? [own(objectAt(schema, 'properties'), key)] : []));
  return partsOf(
    root,
    below.filter((schema) => schema !== undefined),
  );
}

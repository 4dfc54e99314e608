import type { JsonSchema } from './event-model.ts';
import {
  declaredNames,
  declaredValue,
  isRequired,
  list,
  resolveSchema,
  scalarKind,
  schemasOfValue,
} from './payload-facts.ts';
import { didYouMeanOrList } from './wording.ts';

/** What a payload declares where a JSON pointer of ours leads to. */
export interface PointerFacts {
  readonly isDeclared: boolean;
  /** What to write instead, when it is not declared; may be empty. */
  readonly hint: string;
  /** True when it may be a text, a number or a boolean. */
  readonly mayBeScalar: boolean;
  readonly mayBeArray: boolean;
  readonly mayBeNull: boolean;
  /** True when the schema says that it is an array and nothing else. */
  readonly isArray: boolean;
  /** True when every level of it is required. */
  readonly isRequired: boolean;
}

/** Reads what `payload` declares at `path`. Elements of arrays are not declared: an index would pick one of them. */
export function pointerFacts(payload: JsonSchema, path: readonly string[]): PointerFacts {
  const missing = path.findIndex((_, index) => declaredValue(payload, path.slice(0, index + 1)).length === 0);
  const declared = declaredValue(payload, path);
  const kinds = declared.map((schema) => scalarKind(payload, schema));
  return {
    isDeclared: missing < 0,
    hint: missing < 0 ? '' : hintAt(payload, path, missing),
    mayBeScalar: kinds.some((kind) => kind !== null && kind !== 'string list'),
    mayBeArray: declared.some((schema) => mayBe(arrays, payload, schema, 0)),
    mayBeNull: declared.some((schema) => mayBe(nulls, payload, schema, 0)),
    isArray: declared.length > 0 && declared.every((schema) => isArray(payload, schema, 0)),
    isRequired: path.every((name, index) =>
      declaredValue(payload, path.slice(0, index)).some((schema) => isRequired(payload, schema, name)),
    ),
  };
}

function hintAt(payload: JsonSchema, path: readonly string[], missing: number): string {
  const above = declaredValue(payload, path.slice(0, missing)).flatMap((schema) => schemasOfValue(payload, schema));
  return didYouMeanOrList(path[missing] ?? '', declaredNames(above), 'Declared there');
}

/** Schemas nested deeper than this are taken to allow anything, and to promise nothing. */
const maximumDepth = 50;

/** A kind of values: its type in JSON Schema, and how a value of it is told. */
interface Kind {
  readonly type: 'array' | 'null';
  readonly has: (value: unknown) => boolean;
}

const arrays: Kind = { type: 'array', has: Array.isArray };
const nulls: Kind = { type: 'null', has: (value) => value === null };

function mayBe(kind: Kind, root: JsonSchema, schema: unknown, depth: number): boolean {
  const resolved = resolveSchema(root, schema);
  if (typeof resolved !== 'object' || depth > maximumDepth) return resolved !== false;
  const may = (part: unknown) => mayBe(kind, root, part, depth + 1);
  const { type, anyOf, oneOf, allOf } = resolved;
  if (type !== undefined && !list(type).includes(kind.type)) return false;
  if (Object.hasOwn(resolved, 'const') && !kind.has(resolved.const)) return false;
  if (Array.isArray(resolved.enum) && !resolved.enum.some(kind.has)) return false;
  return (
    list(allOf).every(may) &&
    (anyOf === undefined || list(anyOf).some(may)) &&
    (oneOf === undefined || list(oneOf).some(may))
  );
}

function isArray(root: JsonSchema, schema: unknown, depth: number): boolean {
  const resolved = resolveSchema(root, schema);
  if (typeof resolved !== 'object' || depth > maximumDepth) return resolved === false;
  const is = (part: unknown) => isArray(root, part, depth + 1);
  const { type, anyOf, oneOf, allOf } = resolved;
  const branches = [anyOf, oneOf].map(list).filter((parts) => parts.length > 0);
  return (
    (type !== undefined && list(type).every((one) => one === 'array')) ||
    list(allOf).some(is) ||
    branches.some((parts) => parts.every(is))
  );
}

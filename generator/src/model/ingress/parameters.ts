import type { PathParameter } from '@eventloom/engine';
import { toDraft04 } from '../../aws/draft-04/to-draft-04.ts';
import type { JsonSchema } from '../event-model.ts';
import { declaredNames, declaredValue, schemasOfValue } from '../payload-facts.ts';
import { lookupIn } from '../schema/in-place.ts';
import { isObject, type JsonObject, own, ownList } from '../schema/json.ts';
import { kindsOf } from '../schema/kinds.ts';
import { listedScalars } from '../schema/listed-scalars.ts';
import { didYouMeanOrList } from '../wording.ts';

/** A path parameter, or why the payload has no place for it. */
export type ReadParameter =
  | {
      readonly parameter: PathParameter;
      /** Keywords of the property that the API does not check. */
      readonly unchecked: readonly string[];
    }
  | { readonly fault: string; readonly help: string };

/** Reads what the payload says of the property that a path parameter becomes. */
export function readParameter(payload: JsonSchema, name: string): ReadParameter {
  const declared = declaredValue(payload, [name]);
  if (declared.length === 0) {
    const known = declaredNames(schemasOfValue(payload, payload));
    return { fault: 'which the payload does not declare', help: didYouMeanOrList(name, known, 'Declared there') };
  }
  const lookup = lookupIn(payload);
  const property = { allOf: declared };
  const listed = listedScalars(property, lookup);
  const type = typeOf(payload, declared, listed);
  if (type === null) {
    const help = 'A part of a path is a text, a number or a boolean, and nothing else.';
    return { fault: 'which the payload does not declare as one kind of plain value', help };
  }
  if (listed !== null) {
    return { parameter: { name, values: listed.map(String), pattern: null, type }, unchecked: [] };
  }
  if (type === 'boolean') return { parameter: { name, values: ['false', 'true'], pattern: null, type }, unchecked: [] };
  const { pattern, unchecked } = constraints(payload, property);
  return { parameter: { name, values: null, pattern: type === 'string' ? pattern : null, type }, unchecked };
}

function typeOf(
  payload: JsonSchema,
  declared: readonly unknown[],
  listed: readonly unknown[] | null,
): PathParameter['type'] | null {
  const kinds = kindsOf({ allOf: declared }, lookupIn(payload));
  const [kind] = listed === null ? kinds : new Set(listed.map((value) => typeof value));
  if ((listed === null ? kinds : new Set(listed.map((value) => typeof value))).size !== 1) return null;
  if (kind === 'string' || kind === 'boolean') return kind;
  if (kind !== 'number') return null;
  const parts = declared.flatMap((schema) => schemasOfValue(payload, schema));
  return parts.some((part) => own(part, 'type') === 'integer') ? 'integer' : 'number';
}

/** What a path can be asked before it becomes an event: one pattern that older engines read alike. The rest is told. */
function constraints(
  payload: JsonSchema,
  property: JsonObject,
): { readonly pattern: string | null; readonly unchecked: readonly string[] } {
  const definitions = isObject(payload) ? own(payload, 'definitions') : undefined;
  const { schema, lost } = toDraft04({ ...property, ...(isObject(definitions) && { definitions }) }, 'validator');
  const parts = partsOf(schema, schema);
  const keywords = parts.flatMap((part) => Object.keys(part).filter((keyword) => !ignored.has(keyword)));
  const patterns = parts.flatMap((part) => (typeof part.pattern === 'string' ? [part.pattern] : []));
  const usable = [...new Set(patterns)].filter(isPlain);
  const others = keywords.filter((keyword) => keyword !== 'pattern' || usable.length !== 1 || patterns.length !== 1);
  const unchecked = [...new Set([...others, ...lost.map(({ keyword }) => keyword)])].sort();
  return { pattern: usable.length === 1 ? (usable[0] ?? null) : null, unchecked };
}

/** `multipleOf: 1` is how a whole number is spelt; both types are checked by their form. */
const ignored: ReadonlySet<string> = new Set(['$schema', '$ref', 'type', 'allOf', 'definitions', 'multipleOf']);

function partsOf(root: JsonObject, schema: unknown, depth = 0): readonly JsonObject[] {
  if (!isObject(schema) || depth > 20) return [];
  const reference = own(schema, '$ref');
  const definitions = own(root, 'definitions');
  const target =
    typeof reference === 'string' && isObject(definitions)
      ? own(definitions, reference.slice('#/definitions/'.length))
      : undefined;
  return [schema, target, ...ownList(schema, 'allOf')].flatMap((part) =>
    part === schema ? [schema] : partsOf(root, part, depth + 1),
  );
}

/** Whole texts of classes and counts, which Java reads as JavaScript does, and which stand in a template as they are. */
function isPlain(pattern: string): boolean {
  return (
    /^\^(?:[A-Za-z0-9_@:,. -]|\[[A-Za-z0-9_.,:@ -]+\]|\{\d+(?:,\d*)?\}|\(\?:|[()|+*?])*\$$/.test(pattern) &&
    !/\.|\|\||\(\)/.test(pattern.replace(/\[[^\]]*\]/g, ''))
  );
}

import { isObject, type JsonObject, own, ownList } from '../../model/schema/json.ts';
import { kindOf } from '../../model/schema/kinds.ts';
import { arrayCandidates } from './array-candidates.ts';
import { commonKinds, isPlain, type Leaves } from './expand.ts';
import { firstNumber, numberCandidates } from './number-candidates.ts';
import { objectCandidates } from './object-candidates.ts';
import type { Search, Spot } from './search.ts';
import { firstText, textCandidates } from './text-candidates.ts';

/**
 * Values that schemas without choices may accept, the most fitting first: what they list, what they show as example or
 * default, then what is made. `schemas` are those the leaves come from.
 */
export function* candidatesOf(
  leaves: Leaves,
  schemas: readonly unknown[],
  spot: Spot,
  search: Search,
): Generator<unknown> {
  const listed = listedValues(leaves);
  if (listed !== null) {
    yield* inTurn(bySize(listed, search.size), spot.variant);
    return;
  }
  const kinds = kindsInOrder(leaves, spot, search);
  const shown = shownValues(leaves).filter((value) => kinds.includes(kindOf(value)));
  yield* inTurn(bySize(shown, search.size), spot.variant);
  for (const kind of kinds) {
    switch (kind) {
      case 'object':
        yield* objectCandidates(leaves, schemas, spot, search);
        break;
      case 'array':
        yield* arrayCandidates(leaves, schemas, spot, search);
        break;
      case 'string':
        yield* textCandidates(leaves, spot, search);
        break;
      case 'number':
        yield* numberCandidates(leaves, spot, search);
        break;
      case 'boolean':
        yield* inTurn([search.size === 'largest', search.size !== 'largest'], spot.variant);
        break;
      default:
        yield null;
    }
  }
}

/**
 * The first of them for a single schema of one type that is no object or list, which most fields are; undefined where it
 * takes more than a look to tell.
 */
export function firstCandidate(schema: JsonObject, spot: Spot, search: Search): unknown {
  const { type, pattern, nullable } = schema;
  if (typeof type !== 'string' || type === 'object' || type === 'array' || pattern !== undefined || nullable === true) {
    return undefined;
  }
  if (!isPlain(schema) || listing.some((keyword) => Object.hasOwn(schema, keyword))) return undefined;
  switch (type) {
    case 'string':
      return firstText([schema], spot, search);
    case 'number':
    case 'integer':
      return firstNumber([schema], spot, search);
    case 'boolean':
      return (search.size === 'largest') === (spot.variant % 2 === 0);
    default:
      return undefined;
  }
}

const listing = ['const', 'enum', 'examples', 'default'];

/** The values of the first `const` or `enum`; the others are asked later. */
function listedValues(leaves: Leaves): readonly unknown[] | null {
  const constant = leaves.find((leaf) => Object.hasOwn(leaf, 'const'));
  if (constant !== undefined) return [own(constant, 'const')];
  if (!leaves.some((leaf) => Object.hasOwn(leaf, 'enum'))) return null;
  const lists = leaves.map((leaf) => ownList(leaf, 'enum')).filter((list) => list.length > 0);
  return lists.sort((a, b) => a.length - b.length)[0] ?? null;
}

/** Plain values among examples and defaults. */
function shownValues(leaves: Leaves): readonly unknown[] {
  if (!leaves.some((leaf) => Object.hasOwn(leaf, 'examples') || Object.hasOwn(leaf, 'default'))) return [];
  const shown = leaves.flatMap((leaf) => [
    ...ownList(leaf, 'examples'),
    ...(Object.hasOwn(leaf, 'default') ? [own(leaf, 'default')] : []),
  ]);
  return shown.filter((value) => value !== null && typeof value !== 'object');
}

function bySize(values: readonly unknown[], size: Search['size']): readonly unknown[] {
  if (values.length < 2) return values;
  const direction = size === 'smallest' ? 1 : -1;
  return [...values].sort(
    (a, b) => direction * (typeof a === 'number' && typeof b === 'number' ? a - b : long(a) - long(b)),
  );
}

function long(value: unknown): number {
  return JSON.stringify(value).length;
}

function inTurn(values: readonly unknown[], variant: number): readonly unknown[] {
  const start = values.length === 0 ? 0 : variant % values.length;
  if (start === 0) return values;
  return [...values.slice(start), ...values.slice(0, start)];
}

const hints: readonly (readonly [string, readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'dependencies']],
  ['array', ['items', 'contains', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['pattern', 'minLength', 'maxLength', 'format']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** Null comes first where little is wanted, last where much is; a payload is an object if it can be. */
function kindsInOrder(leaves: Leaves, { level }: Spot, { size, lookup }: Search): readonly string[] {
  const kinds = commonKinds(leaves, lookup);
  if (kinds.length < 2) return kinds;
  const isOpen = kinds.length > 2;
  const hinted = hints.flatMap(([kind, words]) => (leaves.some((leaf) => hasAny(leaf, words)) ? [kind] : []));
  const byDefault = level === 0 ? ['object', 'array'] : [];
  const small = isOpen ? ['string', 'boolean', 'number', 'null'] : ['null', 'boolean', 'number', 'string'];
  const order =
    size === 'smallest'
      ? [...byDefault, ...(isOpen ? hinted : []), ...small, 'object', 'array']
      : [...byDefault, ...(isOpen ? hinted : []), 'object', 'array', 'string', 'number', 'boolean', 'null'];
  const wanted = isOpen && size === 'largest' && level > 0 && hinted.length === 0 ? ['string', ...order] : order;
  return [...new Set(wanted)].filter((kind) => kinds.some((known) => known === kind));
}

function hasAny(leaf: JsonObject, words: readonly string[]): boolean {
  return isObject(leaf) && words.some((word) => Object.hasOwn(leaf, word));
}

import type { TypeExpression } from '../../type-expression.ts';
import type { Part } from '../in-place.ts';
import { own, ownList } from '../json.ts';
import { isNever, never } from './expressions.ts';
import type { Leaf } from './parts.ts';
import { elementSite, type Site } from './sites.ts';
import type { Typer } from './typer.ts';

/** The type of arrays that are valid by all of these schemas: a tuple where the length says something. */
export function arrayType(leaves: readonly Leaf[], site: Site, typer: Typer): TypeExpression {
  const minimum = Math.max(0, ...leaves.map(minimumLength));
  const maximum = Math.min(...leaves.map(({ schema }) => numberAt(schema, 'maxItems') ?? Number.POSITIVE_INFINITY));
  const prefix = Math.min(Math.max(0, ...leaves.map(({ schema }) => ownList(schema, 'items').length)), maximum);
  const elementAt = (index: number): TypeExpression => {
    const parts = leaves.flatMap((leaf) => elementParts(leaf, index));
    const place = elementSite(site, parts[0]?.pointer ?? site.pointer);
    return typer.typeOf(parts, prefix === 0 ? place : { ...place, anonymous: true });
  };
  const elements = Array.from({ length: prefix }, (_, index) => elementAt(index));
  const end = elements.findIndex(isNever);
  const rest = end >= 0 || maximum <= prefix ? never : elementAt(prefix);
  return tupleOrArray(end < 0 ? elements : elements.slice(0, end), isNever(rest) ? null : rest, { minimum, maximum });
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

function tupleOrArray(
  elements: readonly TypeExpression[],
  rest: TypeExpression | null,
  bounds: Bounds,
): TypeExpression {
  const { minimum, maximum } = bounds;
  if (maximum < minimum || (rest === null && minimum > elements.length)) return never;
  if (rest === null) return { kind: 'tuple', elements, required: Math.min(minimum, elements.length), rest };
  const repeated = elements.length === 0 && isShort(rest) ? repetitions(bounds) : 0;
  const all = [...elements, ...Array.from({ length: repeated }, () => rest)];
  if (all.length === 0) return { kind: 'array', element: rest };
  return {
    kind: 'tuple',
    elements: all,
    required: Math.min(minimum, all.length),
    rest: maximum <= all.length ? null : rest,
  };
}

/**
 * How often the element type of a list stands at its front, so that reading what must be there gives no `undefined`:
 * short lists of a fixed length in full, others only as far as a reader sees at a glance.
 */
function repetitions({ minimum, maximum }: Bounds): number {
  if (minimum === maximum) return minimum <= 6 ? minimum : 1;
  return minimum <= 3 ? minimum : 1;
}

/** Types that may stand twice without being tiresome. */
function isShort(type: TypeExpression): boolean {
  switch (type.kind) {
    case 'primitive':
    case 'literal':
    case 'reference':
      return true;
    case 'array':
      return isShort(type.element);
    case 'tuple':
      return type.elements.length <= 3 && type.elements.every(isShort);
    case 'union':
      return type.members.length <= 3 && type.members.every(isShort);
    default:
      return false;
  }
}

function minimumLength({ schema }: Leaf): number {
  const contained = Object.hasOwn(schema, 'contains') ? 1 : 0;
  return Math.max(numberAt(schema, 'minItems') ?? 0, contained);
}

/** What a schema demands of the element at an index; beyond `items` that is a list, `additionalItems` does. */
function elementParts({ pointer, schema }: Leaf, index: number): Part[] {
  const items = own(schema, 'items');
  if (items === undefined) return [];
  if (!Array.isArray(items)) return [{ pointer: `${pointer}/items`, schema: items }];
  if (index < items.length) return [{ pointer: `${pointer}/items/${index}`, schema: items[index] }];
  const additional = own(schema, 'additionalItems');
  return additional === undefined ? [] : [{ pointer: `${pointer}/additionalItems`, schema: additional }];
}

function numberAt(schema: Leaf['schema'], keyword: string): number | undefined {
  const value = own(schema, keyword);
  return typeof value === 'number' ? value : undefined;
}

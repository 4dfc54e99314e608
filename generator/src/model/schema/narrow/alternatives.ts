import type { Scalar } from '@eventloom/engine';
import type { ObjectTypeExpression, TypeExpression } from '../../type-expression.ts';
import { intersectionOf, nothing } from '../types/expressions.ts';

/** One of the kinds of values that a type has: told apart by what a filter makes of them. */
export type Alternative =
  | { readonly kind: 'literal'; readonly value: Scalar; readonly type: TypeExpression }
  | { readonly kind: 'string' | 'number' | 'list' | 'unknown'; readonly type: TypeExpression }
  | ObjectAlternative;

export interface ObjectAlternative {
  readonly kind: 'object';
  /** How it is spelled: by its name where it has one. */
  readonly type: TypeExpression;
  /** Types that hold together. */
  readonly parts: readonly ObjectTypeExpression[];
}

/** Opens a type into its alternatives, in their order. */
export type OpenType = (type: TypeExpression) => readonly Alternative[];

/** Makes an {@link OpenType} for the types of a payload. What stays too wide is `unknown`. */
export function typeOpener(named: ReadonlyMap<string, TypeExpression>): OpenType {
  const opened = new Map<string, readonly Alternative[]>();
  const open: OpenType = (type) => {
    switch (type.kind) {
      case 'primitive':
        return primitiveAlternatives(type);
      case 'literal':
        return [{ kind: 'literal', value: type.value, type }];
      case 'template':
        return [{ kind: 'string', type }];
      case 'array':
      case 'tuple':
        return [{ kind: 'list', type }];
      case 'object':
        return [{ kind: 'object', parts: [type], type }];
      case 'union':
        return type.members.flatMap(open);
      case 'intersection':
        return type.members
          .map(open)
          .reduce(together, [{ kind: 'unknown', type: { kind: 'primitive', name: 'unknown' } }]);
      case 'reference':
        return openReference(type.name);
      default:
        return type satisfies never;
    }
  };
  const openReference = (name: string): readonly Alternative[] => {
    const target = named.get(name);
    // What reading an absent property gives.
    if (target === undefined) return [];
    const known = opened.get(name);
    if (known !== undefined) return known;
    // Types that are nothing but each other have no values that are worth telling apart.
    opened.set(name, [{ kind: 'unknown', type: { kind: 'reference', name } }]);
    const found = open(target);
    const [only] = found;
    const alternatives =
      found.length === 1 && only !== undefined ? [{ ...only, type: { kind: 'reference', name } as const }] : found;
    opened.set(name, alternatives);
    return alternatives;
  };
  return open;
}

function primitiveAlternatives(type: Extract<TypeExpression, { kind: 'primitive' }>): readonly Alternative[] {
  switch (type.name) {
    case 'string':
    case 'number':
    case 'unknown':
      return [{ kind: type.name, type }];
    case 'boolean':
      return [true, false].map((value) => ({ kind: 'literal', value, type: { kind: 'literal', value } }));
    case 'null':
      return [{ kind: 'literal', value: null, type: nothing }];
    case 'never':
      return [];
    default:
      return type.name satisfies never;
  }
}

/** Combinations beyond which an intersection of unions is left as it is. */
const mostCombinations = 256;

function together(left: readonly Alternative[], right: readonly Alternative[]): readonly Alternative[] {
  if (left.length * right.length > mostCombinations) {
    const type = intersectionOf(
      [left, right].map((side) => ({ kind: 'union', members: side.map(({ type }) => type) })),
    );
    return [{ kind: 'unknown', type }];
  }
  return left.flatMap((one) => right.flatMap((other) => both(one, other) ?? []));
}

/** What is of both alternatives; null when nothing is. */
function both(one: Alternative, other: Alternative): Alternative | null {
  if (one.kind === 'unknown') return withType(other, one);
  if (other.kind === 'unknown') return withType(one, other);
  if (one.kind === 'object' && other.kind === 'object') {
    return { kind: 'object', parts: [...one.parts, ...other.parts], type: intersectionOf([one.type, other.type]) };
  }
  if (one.kind === 'literal') return fits(one.value, other) ? one : null;
  if (other.kind === 'literal') return fits(other.value, one) ? other : null;
  return one.kind === other.kind ? withType(one, other) : null;
}

function withType(one: Alternative, { type }: Alternative): Alternative {
  return { ...one, type: intersectionOf([one.type, type]) };
}

function fits(value: Scalar, other: Alternative): boolean {
  return other.kind === 'literal' ? other.value === value : other.kind === typeof value;
}

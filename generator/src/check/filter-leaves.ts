import { compilePattern, type EventPattern, type JsonValue, type Leaf } from '@eventloom/engine';
import { pointerTokens } from '../model/pointer.ts';
import type { Test } from './proofs/literal.ts';

/** What one alternative of a filter, as it is written, passes. */
export function testOf(alternative: unknown): Test {
  const compiled = compilePattern({ field: [alternative] });
  const leaf = compiled.ok ? compiled.pattern.branches[0]?.[0] : undefined;
  return leaf ?? { conditions: [], test: () => false, mayBeAbsent: false };
}

/** A leaf for each of its alternatives. */
export function alternativesOf(leaf: Leaf, written: readonly unknown[]): readonly Leaf[] {
  return written.map((alternative, index) => ({
    ...testOf(alternative),
    path: leaf.path,
    pointer: `${leaf.pointer}/${index}`,
  }));
}

/** The part of a filter that a JSON pointer leads to. */
export function valueAt(filter: EventPattern, pointer: string): JsonValue | undefined {
  return (pointerTokens(pointer) ?? []).reduce<JsonValue | undefined>((value, key) => {
    const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return isHolder ? Reflect.get(value, key) : undefined;
  }, filter);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, splitByHash } from './hash-split.ts';

const capacity = 10;

function split(keys: readonly string[]): readonly Part<string>[] {
  return splitByHash(keys, { keyOf: (key) => key, fits: ({ length }) => length <= capacity });
}

const keyLists = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 120 });

describe('a list split by the hashes of its keys', () => {
  it('is whole as long as it fits', () => {
    const keys = Array.from({ length: capacity }, (_, index) => `key${index}`);
    expect(split(keys)).toEqual([{ number: 0, items: keys }]);
    expect(split([])).toEqual([{ number: 0, items: [] }]);
  });

  it('has all items once, in parts that fit', () => {
    fc.assert(
      fc.property(keyLists, (keys) => {
        const parts = split(keys);
        expect(parts.flatMap(({ items }) => items).sort()).toEqual([...keys].sort());
        for (const { items } of parts) expect(items.length).toBeLessThanOrEqual(capacity);
        expect(new Set(parts.map(({ number }) => number)).size).toBe(parts.length);
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(keyLists, (keys) => {
        const sorted = (parts: readonly Part<string>[]) =>
          parts.map(({ number, items }) => [number, [...items].sort()]);
        expect(sorted(split(keys.toReversed()))).toEqual(sorted(split(keys)));
      }),
    );
  });

  it('moves nothing, or items of one part only, when one item more comes', () => {
    fc.assert(
      fc.property(keyLists, fc.string({ minLength: 13, maxLength: 14 }), (keys, added) => {
        const before = numbersOf(split(keys));
        const after = numbersOf(split([...keys, added]));
        const moved = keys.filter((key) => before.get(key) !== after.get(key));
        expect(new Set(moved.map((key) => before.get(key))).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives away about half of a part that grows too large', () => {
    const keys = Array.from({ length: 4_000 }, (_, index) => `service/consumer${index}`);
    const parts = (size: number) => splitByHash(keys, { keyOf: (key) => key, fits: ({ length }) => length <= size });
    expect(parts(4_000)).toHaveLength(1);
    const halves = parts(3_999).map(({ items }) => items.length);
    expect(halves).toHaveLength(2);
    expect(Math.max(...halves)).toBeLessThan(2_150);
  });

  it('keeps names for ever: these are in templates', () => {
    const keys = ['fraud/screenHighValueOrder', 'orders/updateOrder', 'payments/charge', 'stock/reserve'];
    const parts = splitByHash(keys, { keyOf: (key) => key, fits: ({ length }) => length <= 1 });
    expect(Object.fromEntries(parts.map(({ number, items }) => [number, items]))).toMatchInlineSnapshot(`
      {
        "0": [
          "payments/charge",
        ],
        "2": [
          "fraud/screenHighValueOrder",
        ],
        "25": [
          "stock/reserve",
        ],
        "9": [
          "orders/updateOrder",
        ],
      }
    `);
  });

  it('does not split a single item that does not fit, but may leave the first part empty', () => {
    const parts = splitByHash(['a', 'b'], { keyOf: (key) => key, fits: () => false });
    expect(parts[0]).toEqual({ number: 0, items: [] });
    expect(parts.slice(1).map(({ items }) => items.length)).toEqual([1, 1]);
  });
});

function numbersOf(parts: readonly Part<string>[]): ReadonlyMap<string, number> {
  return new Map(parts.flatMap(({ number, items }) => items.map((item): [string, number] => [item, number])));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../event-pattern.ts';
import { compilePattern, matchesPattern } from './compile-pattern.ts';
import { matchTree } from './match-tree.ts';
import { matchValues } from './match-values.ts';

function compile(pattern: unknown) {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.pattern;
}

function matches(pattern: unknown, event: unknown): boolean {
  return matchesPattern(compile(pattern), event);
}

describe('matchesPattern', () => {
  it('wants every field and any of its values', () => {
    const pattern = { source: ['shop.orders'], detail: { market: ['eu', 'us'], total: [{ numeric: ['>=', 500] }] } };
    expect(matches(pattern, { source: 'shop.orders', detail: { market: 'us', total: 500, more: 1 } })).toBe(true);
    expect(matches(pattern, { source: 'shop.orders', detail: { market: 'ru', total: 500 } })).toBe(false);
    expect(matches(pattern, { source: 'shop.orders', detail: { market: 'us' } })).toBe(false);
  });

  it('compares exactly, even what looks like an address', () => {
    expect(matches({ a: [{ exactly: 'x' }] }, { a: 'x' })).toBe(true);
    expect(matches({ a: [{ exactly: 'x' }] }, { a: 'xy' })).toBe(false);
    expect(matches({ a: ['10.0.0.1'] }, { a: '10.0.0.001' })).toBe(true);
    expect(matches({ a: [{ exactly: '10.0.0.1' }] }, { a: '10.0.0.001' })).toBe(false);
    expect(matches({ a: [{ exactly: '10.0.0.1' }] }, { a: '10.0.0.1' })).toBe(true);
  });

  it('takes two fields of one array from the same element', () => {
    const pattern = { items: { sku: ['A'], quantity: [2] } };
    expect(
      matches(pattern, {
        items: [
          { sku: 'A', quantity: 1 },
          { sku: 'A', quantity: 2 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        items: [
          { sku: 'A', quantity: 1 },
          { sku: 'B', quantity: 2 },
        ],
      }),
    ).toBe(false);
    expect(matches(pattern, { items: [[{ sku: 'A', quantity: 1 }], [{ sku: 'A', quantity: 2 }]] })).toBe(true);
  });

  it('takes a scalar of an array and a field of an array nested in it', () => {
    expect(matches({ a: [1], 'a.b': [2] }, { a: [1, [{ b: 2 }]] })).toBe(true);
    expect(matches({ a: [1], 'a.b': [2] }, { a: [3, [{ b: 2 }]] })).toBe(false);
  });

  it('takes fields of sibling arrays from any elements', () => {
    const pattern = { a: { x: [1] }, b: { y: [2] } };
    expect(matches(pattern, { a: [{ x: 0 }, { x: 1 }], b: [{ y: 2 }, { y: 3 }] })).toBe(true);
  });

  it('holds exists to leaves: objects and empty arrays are absent, null is present', () => {
    for (const absent of [{}, [], { a: {} }, { a: [] }, { a: { b: 1 } }, { a: [{ b: 1 }, []] }]) {
      if (!Array.isArray(absent)) expect(matches({ a: [{ exists: false }] }, absent)).toBe(true);
      expect(matches({ a: [{ exists: true }] }, absent)).toBe(false);
    }
    for (const present of [{ a: null }, { a: [[null]] }, { a: false }]) {
      expect(matches({ a: [{ exists: false }] }, present)).toBe(false);
      expect(matches({ a: [{ exists: true }] }, present)).toBe(true);
    }
  });

  it('looks for an absent field in the element that an earlier field keeps, else in all elements', () => {
    const event = { a: [{ b: 1 }, { b: 2, c: 2 }] };
    expect(matches({ a: { b: [1], c: [{ exists: false }] } }, event)).toBe(true);
    expect(matches({ a: { b: [2], c: [{ exists: false }] } }, event)).toBe(false);
    expect(matches({ a: { b: [1], a: [{ exists: false }] } }, { a: [{ b: 1 }, { a: 1 }] })).toBe(false);
    expect(matches({ a: { b: [{ exists: false }], c: [{ exists: false }] } }, { a: [{ c: 1 }] })).toBe(false);
  });

  it('reads keys with dots and nested keys as one path', () => {
    expect(matches({ 'a.b': [1] }, { a: { b: 1 } })).toBe(true);
    expect(matches({ a: { b: [1] } }, { 'a.b': 1 })).toBe(true);
    expect(matches({ a: { b: { c: [1] } } }, { 'a.b.c': 1 })).toBe(true);
    expect(matches({ a: { b: [1] } }, { 'a.b': 1, 'x.y.z': 1, 'a.c.d': 1 })).toBe(true);
    expect(matches({ a: { 'b.c': [1], d: [2] } }, { 'a.b': { c: 1 }, a: { d: 2 } })).toBe(true);
    expect(matches({ a: { b: [{ exists: false }] } }, { 'a.b': 1 })).toBe(false);
    expect(matches({ a: { b: [{ exists: false }], c: [1] } }, { 'a.b': 1, a: { c: 1 } })).toBe(false);
    expect(matches({ a: { b: { x: [1], y: [2] } } }, { 'a.b': [{ x: 1 }, { y: 2 }] })).toBe(false);
    expect(matches({ a: { b: { x: [1], y: [2] } } }, { 'a.b': [{ x: 1 }], a: { b: { y: 2 } } })).toBe(true);
  });

  it('notices a joined key inside an array that it searches for an absent field', () => {
    expect(matches({ a: { b: { c: [{ exists: false }] } } }, { a: [{ 'b.c': 1 }] })).toBe(false);
    expect(matches({ a: { b: { c: [{ exists: false }] } } }, { a: [{ 'b.d': 1 }] })).toBe(true);
  });

  it('reads joined keys also below a path that is too long to list them', () => {
    const keys = Array(200).fill('k');
    const nested = keys.reduce<object>((inner, key) => ({ [key]: inner }), { b: [1] });
    expect(matches(nested, { [[...keys, 'b'].join('.')]: 1 })).toBe(true);
    expect(matches(nested, { [[...keys, 'b'].join('.')]: 1, other: 2 })).toBe(true);
    expect(matches(nested, { [[...keys, 'c'].join('.')]: 1 })).toBe(false);
  });

  it('takes names of inherited properties for data', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'length']) {
      const event = JSON.parse(`{ "${name}": "x", "a": { "${name}": [1] } }`);
      expect(matches(JSON.parse(`{ "${name}": ["x"], "a": { "${name}": [1] } }`), event)).toBe(true);
      expect(matches({ [name]: [{ exists: true }] }, JSON.parse('{}'))).toBe(false);
      expect(matches({ a: JSON.parse(`{ "${name}": [{ "exists": true }] }`) }, { a: 'text' })).toBe(false);
    }
  });

  it('matches no event that is not an object', () => {
    for (const event of [null, 'a', 5, [], [{ a: 1 }], undefined]) {
      expect(matches({ a: [{ exists: false }] }, event)).toBe(false);
    }
  });

  it('keeps the fields outside $or for each alternative', () => {
    const pattern = { a: [1], $or: [{ b: [2] }, { c: { d: [3] } }] };
    expect(matches(pattern, { a: 1, c: { d: 3 } })).toBe(true);
    expect(matches(pattern, { a: 1, b: 2 })).toBe(true);
    expect(matches(pattern, { a: 1 })).toBe(false);
    expect(matches(pattern, { b: 2 })).toBe(false);
  });

  it('holds $or inside an array to one element', () => {
    const pattern = { items: { sku: ['A'], $or: [{ quantity: [2] }, { gift: [true] }] } };
    expect(matches(pattern, { items: [{ sku: 'A', gift: true }] })).toBe(true);
    expect(matches(pattern, { items: [{ sku: 'A' }, { gift: true }] })).toBe(false);
  });
});

describe('matching under attack', () => {
  /** In milliseconds. EVENTLOOM_SLOWNESS multiplies it, where instrumented code is tested. */
  const soon = 2_000 * Number(process.env.EVENTLOOM_SLOWNESS ?? 1);

  /** Another array at each call, as JSON has it: fields that share one would have to share an element. */
  const elements = () => Array.from({ length: 200 }, () => ({ x: 1 }));

  function timed(run: () => boolean): { readonly matched: boolean; readonly milliseconds: number } {
    const start = performance.now();
    return { matched: run(), milliseconds: performance.now() - start };
  }

  it('does not overflow the stack on deep events', () => {
    const arrays = JSON.parse(`{ "a": ${'['.repeat(100_000)}1${']'.repeat(100_000)} }`);
    expect(matches({ a: [1] }, arrays)).toBe(false);
    expect(matches({ a: [{ exists: false }] }, arrays)).toBe(true);
    const level = (inner: JsonValue): JsonValue => ({
      k: JSON.parse(`${'['.repeat(900)}${JSON.stringify(inner)}${']'.repeat(900)}`),
    });
    const mixed = level(level(level(1)));
    expect(matches({ k: { k: { k: [1] } } }, mixed)).toBe(false);
    expect(matches({ k: { k: { k: [{ exists: false }], 'l.m': [{ exists: false }] } } }, mixed)).toBe(true);
  });

  it('reads a thousand levels of arrays, and none beyond, however the path is spelled', () => {
    const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
    for (const levels of [1_000, 1_001, 100_000]) {
      const isRead = levels === 1_000;
      for (const event of [{ a: { b: nested(levels) } }, { 'a.b': nested(levels) }]) {
        expect(matches({ a: { b: [1] } }, event)).toBe(isRead);
        expect(matches({ a: { b: [{ exists: false }] } }, event)).toBe(!isRead);
      }
    }
  });

  it('reads more than a thousand arrays side by side', () => {
    const items = [...Array.from({ length: 1_200 }, () => [{ x: 0 }]), [{ x: 1, y: 2 }]];
    expect(matches({ items: { x: [1] } }, { items })).toBe(true);
    expect(matches({ items: { y: [{ exists: false }] } }, { items })).toBe(false);
  });

  it('does not try combinations of elements of several arrays', () => {
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
    const pattern = { ...Object.fromEntries(names.map((name) => [name, { x: [1] }])), z: { x: [2] } };
    const event = Object.fromEntries([...names, 'z'].map((name) => [name, elements()]));
    const { matched, milliseconds } = timed(() => matches(pattern, event));
    expect(matched).toBe(false);
    expect(milliseconds).toBeLessThan(soon);
  });

  it('gives up on combinations that dotted keys make possible', () => {
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`);
    const pattern = { p: { ...Object.fromEntries(names.map((name) => [name, { x: [1] }])), z: { x: [2] } } };
    const event = Object.fromEntries([...names, 'z'].map((name) => [`p.${name}`, elements()]));
    const { matched, milliseconds } = timed(() => matches(pattern, event));
    expect(matched).toBe(false);
    expect(milliseconds).toBeLessThan(soon);
  });

  it('takes linear time for wildcards', () => {
    const pattern = compile({ a: [{ wildcard: `*${'a'.repeat(500)}b*${'a'.repeat(500)}b*` }] });
    const { matched, milliseconds } = timed(() => matchesPattern(pattern, { a: 'a'.repeat(1_000_000) }));
    expect(matched).toBe(false);
    expect(milliseconds).toBeLessThan(soon);
  });
});

describe('the two ways of matching', () => {
  const key = fc.constantFrom('a', 'b', 'a-b');
  const scalar = fc.constantFrom<JsonValue>(1, 2, null, 'x');
  const { json } = fc.letrec<{ json: JsonValue; object: JsonValue }>((tie) => ({
    json: fc.oneof({ depthSize: 'medium' }, scalar, fc.array(tie('json'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  }));
  const event = fc.dictionary(key, json, { minKeys: 1, maxKeys: 3 });
  const leaf = fc.constantFrom<JsonValue>(
    [1],
    [2, 'x'],
    [{ exists: false }],
    [1, { exists: false }],
    [{ exists: true }],
  );
  const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join('.'));
  const pattern = fc.dictionary(path, leaf, { minKeys: 1, maxKeys: 4 });

  it('agree on events without dotted keys', () => {
    let matched = 0;
    fc.assert(
      fc.property(pattern, event, (fields, value) => {
        const [tree] = compile(fields).trees;
        if (tree === undefined) throw new Error('a pattern without $or has one tree');
        const expected = matchValues(value as Record<string, JsonValue>, tree);
        if (expected) matched++;
        expect(matchTree(value as Record<string, JsonValue>, tree)).toBe(expected);
      }),
      { numRuns: 5_000, seed: 20261120 },
    );
    expect(matched).toBeGreaterThan(500);
  });
});

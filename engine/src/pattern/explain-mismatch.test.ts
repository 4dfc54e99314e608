import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { describeMismatch, explainMismatch, type Mismatch } from './explain-mismatch.ts';

function explain(pattern: unknown, event: unknown): Mismatch | null {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return explainMismatch(result.pattern, event);
}

function inWords(pattern: unknown, event: unknown): string | null {
  const mismatch = explain(pattern, event);
  return mismatch === null ? null : describeMismatch(mismatch);
}

describe('explainMismatch', () => {
  it('is silent about a match', () => {
    expect(explain({ a: [1] }, { a: 1 })).toBeNull();
    expect(explain({ items: { sku: ['A'], n: [2] } }, { items: [{ sku: 'A', n: 2 }] })).toBeNull();
  });

  it('gives the path, the value found and the values wanted', () => {
    expect(explain({ detail: { market: ['eu', 'us'] } }, { detail: { market: 'ru' } })).toEqual({
      path: 'detail.market',
      found: ['ru'],
      instead: null,
      wanted: '"eu" or "us"',
      alternatives: [],
    });
  });

  it('starts with the fields near the root', () => {
    const pattern = { detail: { a: [1] }, source: ['shop'] };
    expect(inWords(pattern, { source: 'bank', detail: {} })).toBe('source is "bank", wanted "shop"');
    expect(inWords({ a: { b: [1], c: [1] }, 'detail-type': ['x'] }, {})).toBe('detail-type is absent, wanted "x"');
    expect(inWords({ a: { b: [1] }, source: ['x'] }, {})).toBe('source is absent, wanted "x"');
    expect(inWords({ account: ['x'], b: { c: [1] } }, {})).toBe('account is absent, wanted "x"');
    expect(inWords({ b: [1], a: [1], c: [1] }, {})).toBe('a is absent, wanted 1');
  });

  it('says what is absent, and what should be', () => {
    expect(inWords({ a: [{ exists: true }] }, {})).toBe('a is absent, wanted any value');
    expect(inWords({ a: [{ exists: false }] }, { a: null })).toBe('a is null, wanted no value');
    expect(inWords({ a: [1] }, 'text')).toBe('the event is not a JSON object');
  });

  it('says what stands where a value is wanted', () => {
    expect(inWords({ a: [1] }, { a: { b: 1 } })).toBe('a is an object, wanted 1');
    expect(inWords({ a: [{ exists: true }] }, { a: [] })).toBe('a is an empty array, wanted any value');
    expect(inWords({ a: [1] }, { a: [{ b: 1 }] })).toBe('a is an array without values of its own, wanted 1');
    expect(inWords({ a: { b: [1] } }, { a: [] })).toBe('a.b is absent, wanted 1');
  });

  it('says that what must not be a value has to be there all the same', () => {
    expect(inWords({ a: [{ 'anything-but': 'x' }] }, {})).toBe('a is absent, wanted a value that is anything but "x"');
    expect(inWords({ a: [{ 'anything-but': 'x' }] }, { a: 'x' })).toBe('a is "x", wanted anything but "x"');
  });

  it('blames a field that is wrong everywhere before one that an element may lack', () => {
    const pattern = { a: { b: [1], c: [{ exists: false }], d: [5] } };
    const event = {
      a: [
        { b: 1, d: 4 },
        { b: 2, c: 2 },
      ],
    };
    expect(inWords(pattern, event)).toBe('a.d is 4, wanted 5');
    expect(inWords({ a: { b: [1], c: [{ exists: false }] } }, { a: [{ b: 1, c: 2 }, { b: 2 }] })).toBe(
      'a.c is 2, wanted no value',
    );
  });

  it('is never silent about an event that does not match', () => {
    const event = { 'a.b': [...Array(150_000).fill(0), 1] };
    expect(inWords({ a: { b: [1] } }, event)).toBe('the event is not readable in few enough ways to be matched');
  });

  it('stays short, however much there is to tell', () => {
    const $or = Array.from({ length: 500 }, (_, index) => ({ [`f${index}`]: [1] }));
    expect(inWords({ $or }, { f0: 'x'.repeat(10_000) })).toMatch(
      /^f0 is "x{80}"… \(10000 characters\), wanted 1; or f1 is absent, wanted 1; or .*; or 495 more alternatives$/,
    );
  });

  it('names the values of an array, and counts what is too much', () => {
    expect(inWords({ a: [9] }, { a: [1, [2]] })).toBe('a is 1, 2, wanted 9');
    expect(inWords({ a: [9] }, { a: [1, 2, 3, 4, 5] })).toBe('a is 1, 2, 3, 4, 5, wanted 9');
    expect(inWords({ a: [9] }, { a: [1, 2, 3, 4, 5, 6, 7] })).toBe('a is 1, 2, 3, 4, 5 and 2 more, wanted 9');
  });

  it('tells fields that match, but in different elements', () => {
    expect(
      inWords(
        { items: { sku: ['A'], n: [2] } },
        {
          items: [
            { sku: 'A', n: 1 },
            { sku: 'B', n: 2 },
          ],
        },
      ),
    ).toBe('items.n is 1, 2, wanted 2 in the same element of the array as items.sku "A"');
  });

  it('leaves out of that the fields outside the array', () => {
    const pattern = { id: [1], items: { sku: ['A'], n: [2] } };
    const items = [
      { sku: 'A', n: 1 },
      { sku: 'B', n: 2 },
    ];
    expect(explain(pattern, { id: 1, items })).toEqual({
      path: 'items.n',
      found: [1, 2],
      instead: null,
      wanted: '2 in the same element of the array as items.sku "A"',
      alternatives: [],
    });
  });

  it('counts a field in when it stands in an array and, spelled with a dot, outside of it', () => {
    expect(inWords({ a: { b: [1], c: [2] } }, { 'a.b': 9, a: [{ b: 1 }, { c: 2 }] })).toBe(
      'a.b is 9, 1, wanted 1 in the same element of the array as a.c 2',
    );
  });

  it('passes over a field that may be absent and is', () => {
    expect(inWords({ a: [{ exists: false }], b: [1] }, {})).toBe('b is absent, wanted 1');
  });

  it('prefers a condition that all alternatives share', () => {
    const pattern = { z: [1], $or: [{ a: [1] }, { b: [1] }] };
    expect(inWords(pattern, {})).toBe('z is absent, wanted 1');
  });

  it('lists the alternatives of $or when each failed elsewhere', () => {
    const pattern = { z: [1], $or: [{ a: [1] }, { b: [1] }] };
    expect(inWords(pattern, { z: 1, a: 2 })).toBe('a is 2, wanted 1; or b is absent, wanted 1');
    expect(inWords({ $or: [{ a: [1] }, { a: [2] }] }, {})).toBe('a is absent, wanted 1; or a is absent, wanted 2');
  });

  it('says once what several alternatives want, but not all', () => {
    const pattern = {
      $or: [
        { a: [1], b: [1] },
        { a: [1], c: [1] },
        { d: [1], e: [1] },
      ],
    };
    expect(inWords(pattern, {})).toBe('a is absent, wanted 1; or d is absent, wanted 1');
  });

  it.each([
    [[{ prefix: 'a' }], 'a string starting with "a"'],
    [[{ prefix: { 'equals-ignore-case': 'a' } }], 'a string starting with "a" in any case'],
    [[{ suffix: 'a' }], 'a string ending in "a"'],
    [[{ suffix: { 'equals-ignore-case': 'a' } }], 'a string ending in "a" in any case'],
    [[{ 'equals-ignore-case': 'a' }], '"a" in any case'],
    [[{ wildcard: 'a*' }], 'a string like "a*"'],
    [[{ numeric: ['>', 1, '<=', 5] }], 'a number > 1 and <= 5'],
    [[{ cidr: '10.0.0.0/8' }], 'an IP address in 10.0.0.0/8'],
    [['10.0.0.1'], 'the IP address 10.0.0.1'],
    [[null, true, 'x'], 'null, true or "x"'],
  ])('says %j as %s', (conditions, wanted) => {
    expect(explain({ a: conditions }, { a: 0 })?.wanted).toBe(wanted);
  });

  it.each([
    [[{ 'anything-but': ['x', 'y'] }], 'anything but "x" or "y"'],
    [[{ 'anything-but': { prefix: 'x' } }], 'anything but a string starting with "x"'],
  ])('says %j as %s', (conditions, wanted) => {
    expect(explain({ a: conditions }, { a: 'x' })?.wanted).toBe(wanted);
  });
});

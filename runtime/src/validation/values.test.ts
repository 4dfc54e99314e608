import ajvEqual from 'ajv/dist/runtime/equal.js';
import ajvUcs2length from 'ajv/dist/runtime/ucs2length.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equal, ucs2length } from './index.ts';

const defaultOf = <T>(module: T): T => (module as { default?: T }).default ?? module;
const reference = { equal: defaultOf(ajvEqual) as never, ucs2length: defaultOf(ajvUcs2length) as never } as {
  readonly equal: (a: unknown, b: unknown) => boolean;
  readonly ucs2length: (text: string) => number;
};

describe('ucs2length', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['😀', 1],
    ['a😀b', 3],
    ['\ud83d', 1],
    ['\ude00\ud83d', 2],
    ['\ud83d\ud83d\ude00', 2],
    ['\ud83d\ude00\ude00', 2],
  ])('of %j is %i', (text, length) => {
    expect(ucs2length(text)).toBe(length);
  });

  test('agrees with Ajv on any text, broken surrogates included', () => {
    const unit = fc.constantFrom('a', '\ud83d', '\ude00', '\ud800', '\udfff', 'é', '😀');
    fc.assert(
      fc.property(
        fc.array(unit).map((units) => units.join('')),
        (text) => ucs2length(text) === reference.ucs2length(text),
      ),
    );
  });
});

describe('equal', () => {
  test.each([
    [1, 1, true],
    [0, -0, true],
    ['1', 1, false],
    [null, {}, false],
    [[], {}, false],
    [[1, 2], [2, 1], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: undefined }, { b: undefined }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [JSON.parse('{"__proto__":1}'), {}, false],
    [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}'), true],
    [{ constructor: 'x' }, { constructor: 'x' }, true],
  ])('of %j and %j is %j', (a, b, expected) => {
    expect(equal(a, b)).toBe(expected);
    expect(reference.equal(a, b)).toBe(expected);
  });

  test('agrees with Ajv on any two JSON values, and finds a value equal to its copy', () => {
    // With own properties of these names Ajv crashes.
    const crashesAjv = /"(valueOf|toString)"/;
    const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !crashesAjv.test(JSON.stringify(json)));
    fc.assert(fc.property(value, value, (a, b) => equal(a, b) === reference.equal(a, b)));
    fc.assert(fc.property(value, (a) => equal(a, JSON.parse(JSON.stringify(a)))));
  });
});

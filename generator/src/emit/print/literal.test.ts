import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal } from './literal.ts';
import { objectKey, propertyKey } from './property-key.ts';

/** What source code means, as the engine reads it. */
const evaluate = (source: string): unknown => new Function(`'use strict';return (${source});`)();

describe('literal', () => {
  test.each([
    ["it's", '"it\'s"'],
    ['say "x"', `'say "x"'`],
    [`'"`, `'\\'"'`],
    ['a\\b', "'a\\\\b'"],
    ['a\nb', "'a\\nb'"],
    ['\u2028', "'\\u2028'"],
    ['\u202e', "'\\u202e'"],
    ['\ud800', "'\\ud800'"],
    ['😀', "'😀'"],
    [1e21, '1e+21'],
    [Number.POSITIVE_INFINITY, '1e999'],
    [null, 'null'],
  ])('%j is spelled %s', (value, spelled) => {
    expect(literal(value)).toBe(spelled);
  });

  test('a literal means its value, whatever it is, and stays on one line', () => {
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.double({ noNaN: true }), fc.boolean());
    fc.assert(
      fc.property(values, (value) => {
        const spelled = literal(value);
        expect(spelled).toMatch(/^[^\r\n\u2028\u2029]*$/);
        expect(evaluate(spelled)).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });
});

describe('keys', () => {
  test.each([
    ['orderId', 'orderId'],
    ['detail-type', "'detail-type'"],
    ['1', "'1'"],
    ['', "''"],
    ['new', "'new'"],
    ['class', 'class'],
  ])('%j is spelled %s', (name, spelled) => {
    expect(propertyKey(name)).toBe(spelled);
  });

  test('an object literal with the key __proto__ has a property of that name', () => {
    const object = evaluate(`{ ${objectKey('__proto__')}: 1 }`);
    expect(Object.keys(object as object)).toEqual(['__proto__']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal, templateLiteral } from './literal.ts';
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

describe('templateLiteral', () => {
  test.each([
    [['ord_', ''], '`ord_${string}`'],
    [['`', ''], '`\\`${string}`'],
    [['${x}', '${'], '`\\${x}${string}\\${`'],
    [['$', '{'], '`$${string}{`'],
    [['a\\', '\n'], '`a\\\\${string}\\n`'],
    [['\u2028', '</script>'], '`\\u2028${string}</script>`'],
  ])('%j is spelled %s', (texts, spelled) => {
    expect(templateLiteral(texts)).toBe(spelled);
  });

  test('a template means its texts, whatever they are, and stays on one line', () => {
    const pieces = fc.constantFrom('$', '{', '}', '`', '\\', '\n', '\r', '\u2028', 'string', "'", '${');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const spelled = templateLiteral(texts);
        expect(spelled).toMatch(/^[^\r\n\u2028\u2029]*$/);
        expect(new Function('string', `'use strict';return (${spelled});`)('<any>')).toBe(texts.join('<any>'));
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

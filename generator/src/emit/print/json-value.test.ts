import type { JsonValue } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, codeValue, jsonValue, record } from './json-value.ts';

const evaluate = (source: string): unknown => new Function(`'use strict';return (${source});`)();

describe('jsonValue', () => {
  test('stands on one line where it fits', () => {
    expect(jsonValue({ source: ['shop.orders'], 'detail-type': ['OrderPlaced'], detail: {} })).toBe(
      "{ source: ['shop.orders'], 'detail-type': ['OrderPlaced'], detail: {} }",
    );
  });

  test('takes one line an entry where it does not', () => {
    const long = 'x'.repeat(70);
    expect(jsonValue({ first: [long, long], second: null })).toBe(
      `{\n  first: [\n    '${long}',\n    '${long}',\n  ],\n  second: null,\n}`,
    );
  });

  test('means the same JSON, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(evaluate(jsonValue(value as JsonValue)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('__proto__ stays a property', () => {
    const value = JSON.parse('{"__proto__":{"a":1}}') as JsonValue;
    expect(JSON.stringify(evaluate(jsonValue(value)))).toBe('{"__proto__":{"a":1}}');
  });
});

describe('codeValue', () => {
  test('code stands as it is, beside strings that look like code', () => {
    const value = record({ validate: code('validateA'), name: 'validateA', left: undefined });
    expect(codeValue(value)).toBe("{ validate: validateA, name: 'validateA' }");
  });
});

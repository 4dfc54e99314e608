import { describe, expect, test } from 'vitest';
import {
  both,
  type Check,
  eachItem,
  eachOther,
  missing,
  notObject,
  notString,
  oneOf,
  tooLong,
  tooShort,
  unlike,
  validator,
} from './index.ts';

const isText: Check = (value, found) => {
  const broken = notString(value) || both(tooLong(value, 2), tooShort(value, 1));
  if (broken) found.push('', broken);
};

describe('validator', () => {
  test('tells every rule broken with its place in the value and in the schema, and nothing of a right value', () => {
    const lists = validator<Readonly<Record<string, readonly string[]>>>((value, found) => {
      const broken = notObject(value) || missing(value, ['a/b']);
      if (broken) found.push('', broken);
      const items: Check = (list, below) => eachItem(below, list, isText, '~>items~@');
      eachOther(found, value, items, '~>additionalProperties~@', ['a/b']);
    });
    expect([lists({ 'x~/>@#': ['abc', 1, 'a'] }), lists.errors]).toEqual([
      false,
      [
        { instancePath: '', schemaPath: '#/required', keyword: 'required', params: { missingProperty: 'a/b' } },
        {
          instancePath: '/x~0~1>@#/0',
          schemaPath: '#/additionalProperties/items/maxLength',
          keyword: 'maxLength',
          params: { limit: 2 },
        },
        {
          instancePath: '/x~0~1>@#/1',
          schemaPath: '#/additionalProperties/items/type',
          keyword: 'type',
          params: { type: 'string' },
        },
      ],
    ]);
    expect([lists({ 'a/b': [], c: ['ab'] }), lists.errors]).toEqual([true, null]);
  });

  test('begins the path in the schema anew at a definition', () => {
    const places = ['/a b/c~>allOf~>0~#line-item/d', '/a~>items~@1~#', '/a~#x~>not', '/%~1~0~>~#'];
    const spread = validator((_, found) => {
      for (const place of places) found.push(place, ['type', {}]);
    });
    expect(spread(1)).toBe(false);
    expect(spread.errors?.map(({ instancePath, schemaPath }) => [instancePath, schemaPath])).toEqual([
      ['/a b/c/d', '#/definitions/line-item/properties/d/type'],
      ['/a/1', '#/type'],
      ['/a', '#/definitions/x/not/type'],
      ['/%~1~0', '#/type'],
    ]);
  });

  test('counts what a text has in code points', () => {
    expect([tooLong('💩💩', 2), tooShort('💩', 2), tooShort('\ud83d\ud83d', 2)]).toEqual([
      false,
      ['minLength', { limit: 2 }],
      false,
    ]);
  });
});

describe('oneOf', () => {
  const looked: string[] = [];
  const choice = (kind: string): Check => {
    return (value: { readonly kind?: unknown }, found) => {
      looked.push(kind);
      const broken = value.kind !== undefined && unlike(value.kind, kind);
      if (broken) found.push('/kind', broken);
    };
  };
  const choose = validator((value, found) => oneOf(found, value, [choice('a'), choice('b')], '', ['kind', 'a', 'b']));

  test('looks at no choice that the property rules out, until none passes', () => {
    looked.length = 0;
    expect([choose({ kind: 'b' }), looked.splice(0), choose({ kind: 'c' }), looked]).toEqual([
      true,
      ['b'],
      false,
      ['a', 'b'],
    ]);
    expect(choose.errors?.map(({ schemaPath }) => schemaPath)).toEqual([
      '#/oneOf/0/properties/kind/const',
      '#/oneOf/1/properties/kind/const',
      '#/oneOf',
    ]);
  });

  test('refuses what passes twice, and says which', () => {
    expect([choose({}), choose.errors?.map(({ params }) => params)]).toEqual([false, [{ passingSchemas: [0, 1] }]]);
  });
});

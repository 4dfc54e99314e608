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
  test('tells every rule broken with its place in the value, and nothing of a right value', () => {
    const lists = validator<Readonly<Record<string, readonly string[]>>>((value, found) => {
      const broken = notObject(value) || missing(value, ['a/b']);
      if (broken) found.push('', broken);
      const items: Check = (list, below) => eachItem(below, list, isText, '');
      eachOther(found, value, items, '', ['a/b']);
    });
    expect([lists({ 'x~/>@#': ['abc', 1, 'a'] }), lists.errors]).toEqual([
      false,
      [
        { instancePath: '', keyword: 'required', params: { missingProperty: 'a/b' } },
        {
          instancePath: '/x~0~1>@#/0',

          keyword: 'maxLength',
          params: { limit: 2 },
        },
        {
          instancePath: '/x~0~1>@#/1',

          keyword: 'type',
          params: { type: 'string' },
        },
      ],
    ]);
    expect([lists({ 'a/b': [], c: ['ab'] }), lists.errors]).toEqual([true, null]);
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
    expect(choose.errors?.map(({ instancePath, keyword }) => [instancePath, keyword])).toEqual([
      ['/kind', 'const'],
      ['/kind', 'const'],
      ['', 'oneOf'],
    ]);
  });

  test('refuses what passes twice, and says which', () => {
    expect([choose({}), choose.errors?.map(({ params }) => params)]).toEqual([false, [{ passingSchemas: [0, 1] }]]);
  });
});

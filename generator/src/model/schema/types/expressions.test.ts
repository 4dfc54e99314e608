import { expect, it } from 'vitest';
import type { TypeExpression } from '../../type-expression.ts';
import { plainProperty, unionOf } from './expressions.ts';

it('a union of one type, closed here and open there, is open', () => {
  const object = (isClosed: boolean): TypeExpression => ({
    kind: 'object',
    properties: [plainProperty('a')],
    index: null,
    isClosed,
  });
  expect(unionOf([object(true), object(false)])).toEqual(object(false));
  expect(unionOf([object(false), object(true)])).toEqual(object(false));
  expect(unionOf([object(true), object(true)])).toEqual(object(true));
});

import { expect, it } from 'vitest';
import { indexLines } from './line-index.ts';

it.each([
  [0, 1, 1],
  [1, 1, 2],
  [2, 2, 1],
  [4, 3, 1],
  [5, 4, 1],
  [6, 4, 2],
  [99, 4, 2],
])('puts offset %i at line %i, column %i, whatever ends the lines', (offset, line, column) => {
  expect(indexLines('a\nb\r\rc').position(offset)).toEqual({ line, column });
  expect(indexLines('a\nb\r\n\nc'.replace('\r\n\n', '\r\r')).position(offset)).toEqual({ line, column });
});

it('counts a carriage return and line feed as one', () => {
  expect(indexLines('a\r\nb').position(3)).toEqual({ line: 2, column: 1 });
});

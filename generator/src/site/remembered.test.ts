import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('a short text is made once, a long one each time, and no more is kept than there is room for', () => {
  const made: string[] = [];
  const upper = remembered((text) => {
    made.push(text);
    return text.toUpperCase();
  });
  const long = 'x'.repeat(501);
  expect(['a', 'a', long, long].map(upper)).toEqual(['A', 'A', long.toUpperCase(), long.toUpperCase()]);
  expect(made).toEqual(['a', long, long]);
  for (let index = 0; index < 500; index++) upper(`text ${index}`);
  expect(upper('a')).toBe('A');
  expect(made.filter((text) => text === 'a')).toHaveLength(2);
});

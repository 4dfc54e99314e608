import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';
import { headingsOf } from './search-pages.ts';

test.each([
  [null, ''],
  ['Plain words.', 'Plain words.'],
  ['# Title\n\nWith `code`, **weight** and _slant_.', 'Title With code, weight and slant.'],
  ['See [the guide](https://example.com "x") and ![a picture](y.png).', 'See the guide and a picture.'],
  ['- one\n- two\n> said', 'one two said'],
  ['order_id stays, and so does 3 < 4', 'order_id stays, and so does 3 < 4'],
  ['```json\n{ "a": 1 }\n```', '{ "a": 1 }'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
])('%j says %j', (markdown, words) => {
  expect(plainText(markdown, 80)).toBe(words);
});

test('a long text is cut between characters', () => {
  expect(plainText('🎉'.repeat(20), 5)).toBe('🎉🎉🎉🎉…');
  expect(plainText('#['.repeat(500_000), 10)).toHaveLength(10);
});

test('headings are found, and none in code', () => {
  const markdown =
    '# One\ntext\n```sh\n# not this\n```\n## Two `b` ##\n#nor this\n~~~\n```\n# nor that\n~~~\n### Three';
  expect(headingsOf(markdown)).toEqual(['One', 'Two b', 'Three']);
});

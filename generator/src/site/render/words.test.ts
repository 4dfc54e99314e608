import { expect, test } from 'vitest';
import { htmlText } from '../html.ts';
import { words } from './words.ts';

test.each([
  ['plain <b>', 'plain &lt;b&gt;'],
  ['the `total` is at least `5`', 'the <code>total</code> is at least <code>5</code>'],
  ['one ` alone', 'one ` alone'],
  ['`<script>`', '<code>&lt;script&gt;</code>'],
])('%s', (text, spelled) => {
  expect(htmlText(words(text))).toBe(spelled);
});

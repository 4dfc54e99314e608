import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marked } from './marked.ts';

const shown = (text: string, typed: string): string =>
  marked(text, typed)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

test.each([
  ['OrderPlaced', 'placed', 'Order[Placed]'],
  ['OrderPlaced', 'order placed', '[Order][Placed]'],
  ['order_id', 'orderId', '[order]_[id]'],
  ['a.*b', '.*', 'a[.*]b'],
  ['<b>', '<b>', '[<b>]'],
  ['nothing', 'x', 'nothing'],
  ['', 'x', ''],
])('in %j what is looked for by %j is marked', (text, typed, expected) => {
  expect(shown(text, typed)).toBe(expected);
});

test('the pieces are the text, whatever is typed', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
  fc.assert(
    fc.property(texts, texts, (text, typed) => {
      expect(
        marked(text, typed)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

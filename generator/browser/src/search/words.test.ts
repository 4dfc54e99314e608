import { expect, test } from 'vitest';
import { inOnePiece, termReader, wordsIn } from './words.ts';

test.each([
  ['OrderPlaced', ['orderplaced', 'order', 'placed']],
  ['order_id', ['orderid', 'order', 'id']],
  ['orderId', ['orderid', 'order', 'id']],
  ['shop.orders', ['shoporders', 'shop', 'orders']],
  ['order-placed', ['orderplaced', 'order', 'placed']],
  ['HTTPServer', ['httpserver', 'http', 'server']],
  ['parseJSON', ['parsejson', 'parse', 'json']],
  ['addressLine2', ['addressline2', 'address', 'line', '2']],
  ['items[].sku', ['itemssku', 'items', 'sku']],
  ['two words', ['two', 'words']],
  ['Größe Café', ['große', 'cafe']],
  ['注文 заказ', ['注文', 'заказ']],
  ['  ', []],
  ['…🎉', []],
  ['__proto__', ['proto']],
])('%j is found by its parts and in one piece', (text, terms) => {
  const termsOf = termReader();
  expect(termsOf(text)).toEqual(terms);
  expect(termsOf(text)).toEqual(terms);
});

test('a text in one piece is its words without what parts them', () => {
  expect(inOnePiece('Order placed, 2 × Café')).toBe('orderplaced2cafe');
});

test('the same name in any spelling is one word', () => {
  const wholes = ['orderId', 'order_id', 'ORDER-ID', 'OrderID', 'order.id'].map((name) => wordsIn(name)[0]?.whole);
  expect(new Set(wholes)).toEqual(new Set(['orderid']));
});

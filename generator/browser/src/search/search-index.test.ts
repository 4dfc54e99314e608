import { describe, expect, test } from 'vitest';
import type { SearchData } from '../../../src/site/browser/search-format.ts';
import { documentsOf } from './documents.ts';
import { groupsOf } from './groups.ts';
import { openSearch } from './search-index.ts';

const data: SearchData = {
  entries: [
    ['event', 'OrderPlaced', 'shop.orders', 'A customer has paid.', 'events/order-placed.html'],
    [
      'event',
      'OrderCancelled',
      'shop.orders',
      'An order was placed and then taken back.',
      'events/order-cancelled.html',
    ],
    ['event', 'ParcelShipped', 'depot', 'It left the house.', 'events/parcel-shipped.html'],
    ['service', 'order-archive', 'team-books', 'Keeps everything.', 'services/order-archive.html'],
    ['destination', 'shop', 'bus', 'Where shop.orders are sent', 'destinations.html', 'bus.3a.shop'],
    ['page', 'How to place orders', '', 'Before you start', 'pages/start.html'],
    ['change', 'ParcelShipped 2.0.0', '2026-01-01', 'Adds the weight', 'changes.html'],
  ],
  fields: [
    [
      0,
      [
        ['order_id', 'string', 'Number of the order'],
        ['customer.tier', '"gold" | "silver"', ''],
      ],
    ],
    [
      2,
      [
        ['items[].sku', 'string', 'What was packed', 'field-items.sku'],
        ['__proto__', 'string', 'A trap'],
      ],
    ],
  ],
};
const search = openSearch(documentsOf(data));
const titles = (typed: string): readonly string[] => search(typed).documents.map(({ title }) => title);

describe('a search', () => {
  test('finds a part of a name, and the name before what is said of others', () => {
    expect(titles('placed').slice(0, 2)).toEqual(['OrderPlaced', 'OrderCancelled']);
  });

  test.each(['OrderPlaced', 'orderplaced', 'order placed', 'order_placed', 'Order-Pl'])(
    'finds a name first however it is spelled: %s',
    (typed) => {
      expect(titles(typed)[0]).toBe('OrderPlaced');
    },
  );

  test('finds by beginnings while one types', () => {
    expect(titles('parc')).toContain('ParcelShipped');
  });

  test('finds fields by each part of their path, with the event they belong to', () => {
    expect(search('tier').documents[0]).toMatchObject({ title: 'customer.tier', where: 'OrderPlaced' });
    expect(search('orderId').documents[0]).toMatchObject({ kind: 'field', anchor: 'field-order_id' });
    expect(search('sku').documents[0]).toMatchObject({ path: 'events/parcel-shipped.html', anchor: 'field-items.sku' });
  });

  test('finds the values of an enum', () => {
    expect(titles('silver')).toEqual(['customer.tier']);
  });

  test('asks for every word', () => {
    expect(titles('order archive')).toEqual(['order-archive']);
    expect(titles('order weight')).toEqual([]);
  });

  test('says what is near when nothing is called so', () => {
    expect(search('parcle')).toMatchObject({ suggestion: 'parcel' });
    expect(titles('parcle')[0]).toBe('ParcelShipped');
    expect(search('ordr')).toMatchObject({ suggestion: 'order' });
    expect(search('ordr archve')).toMatchObject({ suggestion: 'order archive' });
    expect(search('xylophone')).toEqual({ documents: [], suggestion: null });
  });

  test('suggests nothing when something is found, and finds nothing for nothing', () => {
    expect(search('order').suggestion).toBeNull();
    expect(search(' … ')).toEqual({ documents: [], suggestion: null });
  });

  test('takes names that objects have by nature as any other', () => {
    expect(titles('__proto__')).toEqual(['__proto__']);
    expect(titles('constructor')).toEqual([]);
  });
});

test('results stand by kind, the kind of the best first, and long groups say what they leave out', () => {
  const documents = documentsOf({
    entries: [
      ['event', 'Seen', '', '', 'a'],
      ...Array.from({ length: 11 }, () => ['page', 'Page', '', '', 'b'] as const),
    ],
    fields: [[0, [['at', 'string', '']]]],
  });
  const groups = groupsOf([...documents].reverse());
  expect(groups.map(({ title, documents: { length }, left }) => [title, length, left])).toEqual([
    ['Fields', 1, 0],
    ['Pages', 8, 3],
    ['Events', 1, 0],
  ]);
});

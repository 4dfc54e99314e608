import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagedPath, paginate } from './paginate.ts';

test('pages hold everything in order, none more than the most, and there is always one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 12 }), (items, most) => {
      const pages = paginate(items, most);
      expect(pages.flat()).toEqual(items);
      expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(most);
      expect(pages.length).toBeGreaterThan(0);
    }),
  );
});

test('the first page keeps its name', () => {
  expect([0, 1].map((index) => pagedPath('events.html', index))).toEqual(['events.html', 'events-2.html']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Heap, pop, push, type Timed } from './heap.ts';

test('things come out in the order of their time, then of their number', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (times) => {
      const heap: Heap<Timed> = [];
      const items = times.map((at, order) => ({ at, order }));
      for (const item of items) push(heap, item);
      const sorted = [...items].sort((a, b) => a.at - b.at || a.order - b.order);
      expect(items.map(() => pop(heap))).toEqual(sorted);
      expect(pop(heap)).toBeUndefined();
    }),
  );
});

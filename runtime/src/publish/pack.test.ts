import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pack } from './pack.ts';

/** The fewest requests that any way of cutting the list needs. */
function fewest(sizes: readonly number[], bounds: { readonly entries: number; readonly bytes: number }): number {
  if (sizes.length === 0) return 0;
  const counts = sizes.slice(0, bounds.entries).flatMap((_, index) => {
    const bytes = sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0);
    return index === 0 || bytes <= bounds.bytes ? [1 + fewest(sizes.slice(index + 1), bounds)] : [];
  });
  return Math.min(...counts);
}

describe('pack', () => {
  test('keeps the order, the bounds, and needs the fewest requests there can be', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 9 });
    const bounds = fc.record({ entries: fc.integer({ min: 1, max: 4 }), bytes: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(sizes, bounds, (all, most) => {
        const entries = all.map((bytes) => ({ bytes }));
        const requests = pack(entries, most);
        expect(requests.flat()).toEqual(entries);
        for (const request of requests) {
          const bytes = request.reduce((sum, entry) => sum + entry.bytes, 0);
          expect(request.length).toBeLessThanOrEqual(most.entries);
          expect(request.length === 1 || bytes <= most.bytes).toBe(true);
        }
        expect(requests).toHaveLength(fewest(all, most));
      }),
    );
  });

  test.each([
    [[10, 10], 1],
    [[10, 11], 2],
    [[], 0],
  ])('fills a request to the last byte: %j makes %i', (sizes, count) => {
    expect(pack(sizes.map((bytes) => ({ bytes })), { entries: 10, bytes: 20 })).toHaveLength(count); // biome-ignore format: one line
  });
});

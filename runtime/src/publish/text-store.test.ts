import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textStore } from './text-store.ts';

test('a store gives every text back as it was, whatever stands in it and however long it is', () => {
  const short = fc.string({ unit: 'binary', maxLength: 20 });
  const long = fc.tuple(short, fc.nat(4_000)).map(([text, times]) => text.repeat(times));
  fc.assert(
    fc.property(fc.array(fc.oneof(short, long), { maxLength: 12 }), fc.nat(9), (texts, gap) => {
      const store = textStore();
      const places = texts.map((_, index) => index * (1 + gap));
      for (const [index, text] of texts.entries()) store.put(places[index] ?? 0, text);
      for (const order of [places, places.toReversed()]) {
        expect(order.map((place) => store.get(place))).toEqual(order === places ? texts : texts.toReversed());
      }
      expect(store.get(-1)).toBe('');
    }),
    { numRuns: 50 },
  );
});

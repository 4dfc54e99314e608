import { expect, test } from 'vitest';
import { createRandom, nextHex, nextUuid } from './random.ts';

const uuids = (seed: number | string) => {
  const random = createRandom(seed);
  return Array.from({ length: 2000 }, () => nextUuid(random));
};

test('one seed gives one sequence, another seed another', () => {
  expect(uuids(7)).toEqual(uuids(7));
  expect(uuids(7)[0]).not.toBe(uuids(8)[0]);
  expect(uuids('shop')[0]).not.toBe(uuids('shoq')[0]);
});

test('ids are distinct UUIDs of version 4', () => {
  const all = uuids(1);
  expect(new Set(all).size).toBe(all.length);
  for (const id of all) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('hexadecimal text has the length asked for', () => {
  expect(nextHex(createRandom(1), 13)).toMatch(/^[0-9a-f]{13}$/);
});

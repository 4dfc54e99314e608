import type { EventPattern } from '@eventloom/engine';
import { expect, test } from 'vitest';
import { filterWords } from './filter-words.ts';

const cases: readonly (readonly [EventPattern, string])[] = [
  [{ market: ['ru'] }, 'market = ru'],
  [{ market: ['eu', 'us'] }, 'market = eu, us'],
  [{ total: [{ numeric: ['>=', 500] }] }, 'total ≥ 500'],
  [{ total: [{ numeric: ['>', 0, '<=', 5] }] }, 'total > 0, ≤ 5'],
  [{ country: [{ 'anything-but': 'GB' }] }, 'country ≠ GB'],
  [{ sku: [{ prefix: 'A-' }] }, 'sku = A-…'],
  [{ file: [{ suffix: '.png' }] }, 'file = ….png'],
  [{ file: [{ wildcard: 'a*b' }] }, 'file like a*b'],
  [{ tier: [{ 'equals-ignore-case': 'gold' }] }, 'tier ≈ gold'],
  [{ coupon: [{ exists: true }] }, 'has coupon'],
  [{ coupon: [{ exists: false }] }, 'no coupon'],
  [{ customer: { tier: ['gold'] } }, 'customer.tier = gold'],
  [{ note: ['', 'two words', null] }, 'note = "", "two words", null'],
  [{ market: ['ru'], total: [{ numeric: ['<', 5] }] }, 'market = ru and total < 5'],
  [{ $or: [{ market: ['ru'] }, { total: [5] }] }, '(market = ru or total = 5)'],
  [{ market: ['ru', { prefix: 'e' }] }, 'market = ru or market = e…'],
];

test.each(cases)('%j is short in words', (filter, words) => {
  expect(filterWords(filter).short).toBe(words);
});

test('the whole filter is said with the words of the engine', () => {
  expect(filterWords({ market: ['eu', 'us'], total: [{ numeric: ['>=', 500] }] }).whole).toBe(
    'market is "eu" or "us" and total is a number >= 500',
  );
});

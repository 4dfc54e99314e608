import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['adress', ['address', 'messages'], 'address'],
    ['mesages', ['address', 'messages'], 'messages'],
    ['Orders', ['orders', 'order'], 'orders'],
    ['maxReciveCount', ['maxReceiveCount', 'maxConcurrency'], 'maxReceiveCount'],
    ['rsevice', ['service'], 'service'],
  ])('finds %s among %j', (name, candidates, nearest) => {
    expect(suggest(name, candidates)).toBe(nearest);
  });

  it.each([
    ['foo', ['title', 'version']],
    ['a', ['b']],
    ['eu', ['us']],
    ['x', []],
  ])('finds nothing like %s among %j', (name, candidates) => {
    expect(suggest(name, candidates)).toBeUndefined();
  });

  it('takes the first by code unit of equally near names, whatever their order', () => {
    expect(suggest('cat', ['cut', 'cot'])).toBe('cot');
    expect(suggest('cat', ['cot', 'cut'])).toBe('cot');
  });

  it('allows a third of the length in long names', () => {
    expect(suggest('batchingWindow', ['batchingWindowSeconds'])).toBe('batchingWindowSeconds');
  });

  it('asks a question about the nearest name, or says nothing', () => {
    expect(didYouMean('titel', ['title'])).toBe('Did you mean "title"?');
    expect(didYouMean('foo', ['title'])).toBe('');
  });
});

describe('editDistance', () => {
  it.each([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

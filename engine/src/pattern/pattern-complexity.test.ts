import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { compilePattern } from './compile-pattern.ts';
import { patternComplexity } from './pattern-complexity.ts';

function complexity(pattern: unknown): number {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return patternComplexity(result.pattern);
}

const maximum = limits.eventPatternWildcardComplexity.value;

describe('the complexity of a pattern', () => {
  it('is 0 without wildcards', () => {
    expect(complexity({ a: ['x', { prefix: 'x' }, { 'anything-but': { suffix: 'x' } }] })).toBe(0);
  });

  it.each([
    // What comes before the first asterisk, and the asterisk itself.
    ['a*', 2],
    ['*ab', 2],
    ['*aa', 3],
    ['a*bbb', 4],
    ['*ab*ad', 4],
    ['a*b*bb', 5],
    ['*ab*b*b*', 7],
    ['*a*a*a*a*a*a*a*a*', 17],
    ['a*a*a*a*a*a*', 11],
  ])('counts the prefixes of %s that one value can match', (wildcard, expected) => {
    expect(complexity({ a: [{ wildcard }] })).toBe(expected);
  });

  it('adds up the wildcards of a field, but not a repeated one, nor those of other fields', () => {
    expect(complexity({ a: [{ wildcard: 'ab*cd' }, { wildcard: 'ab*wx' }, { wildcard: 'ab*yz' }] })).toBe(6);
    expect(complexity({ a: [{ wildcard: 'ab*c' }, { wildcard: 'ab*c' }] })).toBe(2);
    expect(complexity({ a: [{ wildcard: 'ab*c' }], b: [{ wildcard: 'ab*c' }] })).toBe(2);
  });

  it('shares what wildcards of one anything-but start with', () => {
    expect(complexity({ a: [{ 'anything-but': { wildcard: ['ab*cd', 'ab*wx', 'ab*yz'] } }] })).toBe(2);
  });

  it('adds up alternatives of $or that start with the same fields', () => {
    const b = [{ b: [{ wildcard: 'ab*cd' }] }, { b: [{ wildcard: 'ab*wx' }] }];
    expect(complexity({ $or: b })).toBe(4);
    expect(complexity({ a: [1], $or: b })).toBe(4);
    expect(complexity({ $or: b.map((one, index) => ({ a: [index], ...one })) })).toBe(2);
  });

  it('does not look beyond a field that has to be absent', () => {
    expect(complexity({ b: [{ exists: false }], c: [{ wildcard: 'ab*' }] })).toBe(0);
    expect(complexity({ b: [{ exists: false }, 1], c: [{ wildcard: 'ab*' }] })).toBe(2);
  });

  it('is above what EventBridge takes for the kind of rules that it was seen to refuse', () => {
    const keys = (middle: string, endings: readonly string[]) =>
      complexity({ key: endings.map((ending) => ({ wildcard: `*${middle}.${ending}` })) });
    expect(keys('', ['bif', 'tiff', 'tif', 'svs'])).toBeLessThanOrEqual(maximum);
    expect(keys('/in/*', ['bif', 'tiff', 'tif', 'svs'])).toBeGreaterThan(maximum);
  });

  it('is found in bounded time, never too high, for any wildcards', () => {
    const text = (letters: string, length: number) =>
      Array.from({ length }, (_, index) => letters.charAt((index * index * 7 + index) % letters.length)).join('');
    const hostile = [
      { a: [{ wildcard: '*a'.repeat(2_000) }] },
      { a: [{ wildcard: `*${text('ab*c', 5_000).replaceAll(/\*+/g, '*')}` }] },
      {
        a: Array.from({ length: 300 }, (_, index) => ({
          wildcard: `*${text('abcd', 40)}${index}*${text('dcba', 40)}`,
        })),
      },
      { a: [{ wildcard: 'x'.repeat(300_000) }] },
    ];
    for (const pattern of hostile) {
      const start = performance.now();
      complexity(pattern);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });

  it('is at least what any value reaches', () => {
    const wildcard = fc
      .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 7 })
      .map((parts) => parts.join('').replaceAll(/\*+/g, '*'));
    const value = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(wildcard, { minLength: 1, maxLength: 3 }), value, (wildcards, text) => {
        const matching = wildcards.flatMap(prefixes).filter((prefix) => expression(prefix).test(`"${text}`));
        expect(complexity({ a: wildcards.map((one) => ({ wildcard: one })) })).toBeGreaterThanOrEqual(matching.length);
      }),
    );
  });
});

function prefixes(wildcard: string): readonly string[] {
  const quoted = `"${wildcard}"`;
  return Array.from(quoted, (_, index) => quoted.slice(0, index + 1));
}

function expression(wildcard: string): RegExp {
  return new RegExp(`^${wildcard.replaceAll('*', '.*')}$`);
}

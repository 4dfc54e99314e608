import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWildcard, wildcardTest } from './wildcard.ts';

function matches(wildcard: string, value: string): boolean {
  const pieces = parseWildcard(wildcard);
  if (typeof pieces === 'string') throw new Error(pieces);
  return wildcardTest(pieces)(value);
}

describe('wildcards', () => {
  it('let an asterisk stand for any text, also none', () => {
    expect(matches('a*b', 'ab')).toBe(true);
    expect(matches('a*b', 'axxb')).toBe(true);
    expect(matches('a*b', 'axxbc')).toBe(false);
    expect(matches('*', '')).toBe(true);
    expect(matches('', 'a')).toBe(false);
    expect(matches('', '')).toBe(true);
  });

  it('do not use a character twice', () => {
    expect(matches('aba*aba', 'aba')).toBe(false);
    expect(matches('aba*aba', 'abaaba')).toBe(true);
    expect(matches('a*b*b', 'ab')).toBe(false);
    expect(matches('*ab*ab*', 'abab')).toBe(true);
    expect(matches('*ab*b*', 'aab')).toBe(false);
  });

  it('find a piece that overlaps itself', () => {
    expect(matches('*aab*', 'aaab')).toBe(true);
    expect(matches('*abab*c', 'abaababc')).toBe(true);
    expect(matches('*ababc*', 'abababd')).toBe(false);
    expect(matches('*aaab*', 'aaaab')).toBe(true);
    expect(matches('*aabb*', 'aababb')).toBe(false);
    expect(matches('*aabaaac*', 'aabaaabaaac')).toBe(true);
  });

  it('escape the asterisk and the backslash', () => {
    expect(matches('a\\*b', 'a*b')).toBe(true);
    expect(matches('a\\*b', 'axb')).toBe(false);
    expect(matches('\\\\*', '\\anything')).toBe(true);
    expect(matches('\\**', '*anything')).toBe(true);
  });

  it('are refused with the position', () => {
    expect(parseWildcard('ab**')).toMatch('position 2');
    expect(parseWildcard('ab\\c')).toMatch('position 2');
    expect(parseWildcard('ab\\')).toMatch('position 2');
  });

  it('agree with a search by trial', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    const byTrial = ([first = '', ...rest]: readonly string[], text: string): boolean => {
      if (rest.length === 0) return text === first;
      if (!text.startsWith(first)) return false;
      const tail = text.slice(first.length);
      return Array.from({ length: tail.length + 1 }, (_, index) => tail.slice(index)).some((end) => byTrial(rest, end));
    };
    fc.assert(
      fc.property(pieces, value, (parts, text) => {
        const separate = parts.filter((part, index) => part !== '' || index === 0 || index === parts.length - 1);
        expect(wildcardTest(separate)(text)).toBe(byTrial(separate, text));
      }),
      { numRuns: 3_000, seed: 20261120 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portablePattern } from './portable-pattern.ts';

const patterns = [
  '^.$',
  '^.{2}$',
  '^[^a]?b$',
  '^\\S{1,3}$',
  '^.+$',
  '^\\D*x$',
  'a.b',
  '^(?=..$)',
  '^(a.)\\1$',
  '^[\\s\\S]$',
];

describe('a pattern for older engines', () => {
  it('matches whatever the pattern matches, and nothing else when it says so', () => {
    let matched = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.array(fc.constantFrom('a', 'b', 'x', '1', ' ', '\u{1f600}', '\u{2028}', 'é'), { maxLength: 4 }),
        (pattern, characters) => {
          const text = characters.join('');
          const spelled = portablePattern(pattern);
          if (spelled === null) throw new Error(`${pattern} can be spelled`);
          const isMatch = new RegExp(pattern, 'u').test(text);
          if (isMatch) matched += 1;
          if (isMatch || spelled.exact) expect([text, new RegExp(spelled.pattern).test(text)]).toEqual([text, isMatch]);
        },
      ),
      { numRuns: 5000 },
    );
    expect(matched).toBeGreaterThan(500);
  });

  it.each(['\\p{L}', '[\\p{L}]', '\\u{1f600}', '\\uD83D', '(?<=a)b', '(?<n>a)', '\u{1f600}', '(?!.)', '[\\u{61}]'])(
    'is not there for %s',
    (pattern) => {
      expect(portablePattern(pattern)).toBeNull();
    },
  );

  it.each(['^\\(?[0-9]+$', '[(?<]', '^(?:a|b)(?!c)', '\\\\p', 'é', '^[A-Z]{3}$'])('leaves %s as it is', (pattern) => {
    expect(portablePattern(pattern)).toEqual({ pattern, exact: true });
  });
});

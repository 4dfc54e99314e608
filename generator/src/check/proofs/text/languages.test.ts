import { compilePattern, type TextOperator } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownFormat, satisfiesFormat } from '../../../model/schema/formats.ts';
import { machineIn, spaceOf } from '../space.ts';
import { mayHaveCommonText } from './common-text.ts';
import { type Language, only } from './language.ts';
import { regexLanguage } from './regex-language.ts';
import { schemaTexts } from './schema-texts.ts';
import { textLanguage } from './text-language.ts';

const space = spaceOf(true);

function contains(languages: readonly Language[], text: string): boolean {
  return mayHaveCommonText(
    [...languages, only(text)].flatMap((language) => machineIn(space, language) ?? []),
    null,
  );
}

function excludes(language: Language, text: string): boolean {
  return mayHaveCommonText(
    [only(text)].flatMap((one) => machineIn(space, one) ?? []),
    machineIn(space, language),
  );
}

const characters = ['a', 'b', 'A', '1', '-', '_', ' ', '\n', 'ß', '😀', '*', '"', '\\', '.'];
const texts = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((parts) => parts.join(''));

/** Expressions that mean exactly what they match: no lookaround, reference or boundary, anchors only at the ends. */
const exactRegexes = fc
  .letrec<{ sequence: string; part: string }>((tie) => ({
    sequence: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'a',
        'b',
        'ab',
        '1',
        '-',
        '.',
        '\\d',
        '\\w',
        '\\S',
        '[ab]',
        '[^a]',
        '[a-z0-9]',
        '[^\\W_]',
        '\\.',
        '😀',
        '\\u{1F600}',
        '[\\-_]',
        '\\x61',
      ),
      fc
        .tuple(
          fc.constantFrom('a', '.', '[ab]', '\\w', '(?:ab)'),
          fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '+?'),
        )
        .map((parts) => parts.join('')),
      fc.tuple(tie('sequence'), tie('sequence')).map(([left, right]) => `(${left}|${right})`),
      fc.tuple(tie('sequence'), fc.constantFrom('*', '?', '{0,2}')).map(([inner, count]) => `(?:${inner})${count}`),
    ),
  }))
  .sequence.chain((body) => fc.constantFrom(body, `^${body}`, `${body}$`, `^${body}$`, `^${body}|b$`));

describe('the language of a regular expression', () => {
  it('holds exactly the texts that it matches', () => {
    const told = { matched: 0, refused: 0 };
    fc.assert(
      fc.property(exactRegexes, fc.array(texts, { minLength: 5, maxLength: 5 }), (source, candidates) => {
        const language = regexLanguage(source);
        expect(language).not.toBeNull();
        for (const text of candidates) {
          const matches = new RegExp(source, 'u').test(text);
          told[matches ? 'matched' : 'refused']++;
          expect(contains(language === null ? [] : [language], text), JSON.stringify(text)).toBe(matches);
        }
      }),
      { numRuns: 400 },
    );
    expect(Math.min(told.matched, told.refused)).toBeGreaterThan(200);
  });

  it.each([
    ['a(?=b)b', 'ab'],
    ['^(?!b)a', 'a'],
    ['\\bab\\b', '-ab-'],
    ['(a)b\\1', 'aba'],
    ['(?<first>a)\\k<first>', 'aa'],
    ['\\p{L}+[^\\p{Lu}]', 'ßa'],
    ['(^a|b$)', '1b'],
    ['[^]', 'x'],
  ])('of %s holds %s: what is not understood is left out', (source, text) => {
    expect(new RegExp(source, 'u').test(text)).toBe(true);
    expect(
      contains(
        [regexLanguage(source)].filter((one) => one !== null),
        text,
      ),
    ).toBe(true);
  });

  it('counts without limit what is counted high', () => {
    const language = regexLanguage('^(?:a{1000}){1000}$');
    expect(language === null || contains([language], 'a')).toBe(true);
  });
});

describe('the language of a text operator', () => {
  const operators: readonly TextOperator[] = [
    'prefix',
    'suffix',
    'equals-ignore-case',
    'prefix/equals-ignore-case',
    'suffix/equals-ignore-case',
    'wildcard',
  ];

  it('holds exactly the texts that the engine matches', () => {
    const told = { matched: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...operators),
        texts,
        fc.array(texts, { maxLength: 5 }),
        (operator, operand, others) => {
          const [outer = '', inner] = operator.split('/');
          const compiled = compilePattern({ x: [{ [outer]: inner === undefined ? operand : { [inner]: operand } }] });
          const language = textLanguage(operator, operand);
          const leaf = compiled.ok ? compiled.pattern.branches[0]?.[0] : undefined;
          if (leaf === undefined || language === null) return;
          for (const text of [...others, operand, operand.toUpperCase(), `${operand}a`, `a${operand}`]) {
            const matches = leaf.test(text);
            told[matches ? 'matched' : 'refused']++;
            expect(contains([language], text), JSON.stringify(text)).toBe(matches);
            expect(excludes(language, text), JSON.stringify(text)).toBe(!matches);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(Math.min(told.matched, told.refused)).toBeGreaterThan(200);
  });
});

describe('the language of a format', () => {
  it.each([
    ['uuid', '4c6ff6f5-6e59-4f4e-9d0b-1c2a2b5dcb0a', 'ord_1'],
    ['uuid', 'URN:UUID:4C6FF6F5-6e59-4f4e-9d0b-1c2a2b5dcb0a', '4c6ff6f56e594f4e9d0b1c2a2b5dcb0a'],
    ['date', '2026-02-28', '28.02.2026'],
    ['time', '46:59:00.5+23:00', '12'],
    ['time', '23:59:60z', 'noon'],
    ['date-time', '2026-02-28\u00a012:00:00-0130', '2026-02-28'],
    ['date-time', '2026-02-28t12:00:00Z', '1772280000'],
    ['email', 'Ada@example.com', 'ada'],
    ['ipv4', '10.1.2.3', 'fe80::1'],
    ['ipv6', 'FE80::1', '10.1.2.3'],
    ['hostname', 'example.com', '-'],
    ['duration', 'P1D', '1D'],
    ['json-pointer', '/a/ß', 'a'],
    ['uri', 'https://example.com', null],
    ['byte', 'aGk=', null],
  ] as const)('%s holds %s, and not %s', (format, valid, invalid) => {
    const known = knownFormat(format);
    expect(known !== undefined && satisfiesFormat(known, valid)).toBe(true);
    const languages = schemaTexts({ format }, (_, make) => make());
    expect(contains(languages, valid)).toBe(true);
    if (invalid !== null) expect(contains(languages, invalid)).toBe(false);
  });
});

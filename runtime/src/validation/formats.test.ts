import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as formats from './formats.ts';

type Kind = RegExp | ((value: never) => boolean) | { readonly type?: string; readonly validate: unknown } | true;

const ours = new Map<string, unknown>(Object.entries(formats).filter(([name]) => !name.startsWith('compare')));
const theirs = Object.entries(fullFormats as unknown as Record<string, Kind>);
const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Calls a format as Ajv's standalone code does. */
function accepts(format: unknown, value: unknown): boolean {
  if (format === true) return true;
  if (format instanceof RegExp) return format.test(value as string);
  if (typeof format === 'function') return format(value);
  return accepts((format as { validate: unknown }).validate, value);
}

const kindOf = (format: unknown): string =>
  format instanceof RegExp
    ? 'RegExp'
    : typeof format === 'object'
      ? `object of ${(format as { type?: string }).type}`
      : typeof format;

/** Texts that each format accepts, and near misses. */
const texts: Readonly<Record<string, readonly string[]>> = {
  date: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '2024-04-31',
    '2024-12-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '24-01-01',
    '2024-1-1',
    '2024-01-01\n',
  ],
  time: [
    '10:00:00Z',
    '10:00:00z',
    '10:00:00',
    '10:00:00.123+02:00',
    '10:00:00+0200',
    '10:00:00+02',
    '24:00:00Z',
    '23:59:60Z',
    '22:59:60Z',
    '00:29:60+00:30',
    '01:29:60+01:30',
    '23:29:60-00:30',
    '15:59:60-08:00',
    '23:59:61Z',
    '23:59:60.5Z',
    '10:60:00Z',
    '10:00:00+24:00',
    '10:00:00+01:60',
    '23:59:60',
    '00:59:60+01:00',
    '00:00:60+00:01',
  ],
  'date-time': [
    '2024-02-29T10:00:00Z',
    '2024-02-29t10:00:00z',
    '2024-02-29 10:00:00Z',
    '2024-02-29T10:00:00',
    '2024-02-29',
    '2024-02-29T10:00:00ZT',
    '2024-02-30T10:00:00Z',
    '1990-12-31T23:59:60Z',
    '1990-12-31T22:58:59.999999999999Z',
    '1990-12-31T22:58:59.9999999999999999Z',
    '1990-12-31T15:59:60-08:00',
    '2024-02-29\t10:00:00Z',
    'T10:00:00Z',
    '2024-02-29T',
  ],
  duration: ['P1Y', 'P1Y2M3DT4H5M6S', 'PT1M', 'P', 'PT', 'P1W', 'P1Y1W', 'P1M1Y', 'T1M', 'P1YT'],
  email: [
    'a@b.co',
    'A.b+c@D-e.org',
    'a@b',
    '.a@b.co',
    'a.@b.co',
    'a..b@b.co',
    'a@-b.co',
    'a@b-.co',
    '"a"@b.co',
    'a@b.c',
    'a_b@b.co',
    'ä@b.co',
    'a@b_c.co',
  ],
  hostname: [
    'a',
    'a.b',
    'a.b.',
    '-a',
    'a-',
    'a--b',
    `${'a'.repeat(63)}.b`,
    `${'a'.repeat(64)}.b`,
    `${'a.'.repeat(126)}a`,
    `${'a.'.repeat(127)}a`,
    'a_b',
    '',
    '.',
    'a..b',
  ],
  ipv4: [
    '1.2.3.4',
    '255.255.255.255',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '0.0.0.0',
    '1.2.3.4.',
    '.1.2.3',
    '100.199.249.250',
  ],
  ipv6: [
    '::',
    '::1',
    '1::',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '1::8',
    '1:2:3:4:5:6:1.2.3.4',
    '::1.2.3.4',
    '1:2:3:4:5::1.2.3.4',
    '1:2:3:4:5:6::1.2.3.4',
    '1:::2',
    '1::2::3',
    '12345::',
    '::ffff:256.1.1.1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    ':1',
    '1:',
    'FE80::A',
    '::1%eth0',
  ],
  uri: [
    'http://a',
    'a:',
    'a:b',
    'a:/b',
    'a://b@c:1/d?e#f',
    'http://[::1]:80/',
    'http://[v1.a:b]/',
    'http://[::g]/',
    '//a',
    'http://a b',
    'urn:isbn:1',
    'a://[1:2:3:4:5:6:7:8]',
    'http://%zz',
    'http://a:b@c',
    'http://a:x',
    'mailto:a@b.co',
    'http:/"',
    'a:?',
    'http://\\',
    '1a://b',
    'a://[::1.2.3.4]',
    'a://[1::2:3:4:5:6:7]',
    'a://[1:2:3:4:5:6::]',
    'a://[::01.2.3.4]',
  ],
  'uri-reference': [
    '',
    '#',
    '?',
    '/',
    '//',
    '/a/b',
    'a/b',
    '../a',
    '#/definitions/a',
    '#^',
    '\\',
    'a:b',
    '//[::1]/',
    '%',
    '%41',
    ':a',
    'a b',
  ],
  'uri-template': [
    '',
    'a/{b}',
    '{+b,c:3}',
    '{b',
    '{}',
    '{b:0}',
    '{b*}',
    '{b:10000}',
    'a b',
    '%zz',
    '%41',
    '{#a}',
    '{a%41}',
    '}',
    'ä{b}',
    '{ä}',
    '\u0001',
  ],
  url: [
    'http://example.com',
    'https://a.b-c.de/f?g#h',
    'ftp://example.com:8080/',
    'http://localhost',
    'http://10.1.1.1',
    'http://127.0.0.1',
    'http://192.168.1.1',
    'http://169.254.1.1',
    'http://172.16.0.1',
    'http://172.32.0.1',
    'http://8.8.8.8',
    'http://8.8.8.0',
    'http://224.1.1.1',
    'http://a:b@c.de',
    'http://ünï.de',
    'http://.de',
    'http://a.d',
    'http://a.de:1',
    'http://a.de:123456',
    'http://a.de/ b',
    'mailto:a@b.co',
    'http://a b@c.de',
    'http://ſ.de',
    'http://a.de:80@c.de/x',
  ],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '123E4567-E89B-12D3-A456-426614174000',
    'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
    '123e4567e89b12d3a456426614174000',
    '123e4567-e89b-12d3-a456-42661417400',
    '{123e4567-e89b-12d3-a456-426614174000}',
  ],
  'json-pointer': ['', '/', '/a/b', 'a', '/~0~1', '/~2', '/~', '//'],
  'json-pointer-uri-fragment': ['#', '#/a', '/a', '#/%41', '#/%zz', '#/~1', '#/~', '#/ä', '#/_'],
  'relative-json-pointer': ['0', '1/a', '01', '1#', '1#a', '/a', '10/~0', '-1', ''],
  regex: ['a+', '(', '\\Z', 'a\\Z', 'a\\\\Z', '[', '(?<a>b)', '(?i)a', '\\p{L}', ''],
  byte: ['', 'AAAA', 'AAA=', 'AA==', 'A===', 'AAAAA', '!!!!', '!!!!\nAAAA', '!!!!\n', 'AAA\u2028!', 'QUJD\nQ'],
};

const allTexts = Object.values(texts).flat();
const numbers = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53, 1e300, 2 ** 32, 1.5e-9];

describe('formats', () => {
  test('are those of ajv-formats and no others', () => {
    expect([...ours.keys()].sort()).toEqual(theirs.map(([name]) => camelCase(name)).sort());
  });

  describe.each(theirs)('%s', (name, reference) => {
    const own = ours.get(camelCase(name));
    const differs = (value: unknown): boolean => accepts(own, value) !== accepts(reference, value);

    test('is of the kind that ajv-formats has', () => {
      expect(kindOf(own)).toBe(kindOf(reference));
    });

    test('agrees with ajv-formats on its own texts and those of all other formats', () => {
      expect([...allTexts, ...numbers.map(String)].filter(differs)).toEqual([]);
    });

    test('agrees with ajv-formats on numbers', () => {
      const typed = (reference as { type?: string }).type === 'number';
      expect(typed ? numbers.filter(differs) : []).toEqual([]);
      if (typed) fc.assert(fc.property(fc.oneof(fc.double({ noNaN: true }), fc.integer()), (value) => !differs(value)));
    });

    test('agrees with ajv-formats on texts that are nearly right', () => {
      const near = (texts[name] ?? allTexts).length > 0 ? mutated(texts[name] ?? allTexts) : fc.string();
      fc.assert(
        fc.property(near, (text) => !differs(text)),
        { numRuns: 2_000 },
      );
    });

    test('agrees with ajv-formats on texts made of what formats are made of', () => {
      fc.assert(
        fc.property(jumbled, (text) => !differs(text)),
        { numRuns: 1_000 },
      );
    });
  });

  test('accept and refuse at least one of the texts above each', () => {
    const judged = [...ours].filter(([, format]) => format instanceof RegExp || typeof format === 'function');
    for (const [name, format] of judged) {
      const verdicts = new Set(allTexts.map((text) => accepts(format, text)));
      expect([name, verdicts.size]).toEqual([name, 2]);
    }
  });
});

/** One of `samples` with some characters replaced, removed, doubled or put in. */
function mutated(samples: readonly string[]): fc.Arbitrary<string> {
  const character = fc.constantFrom(...'aAfFgGzZ0125689:./-_~%@?#&+*=,;{}[]()"\'\\ \nTtWPYé\u2028');
  const edit = fc.record({ at: fc.nat(40), cut: fc.nat(2), put: fc.array(character, { maxLength: 2 }) });
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 3 }))
    .map(([sample, edits]) =>
      edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put.join('') + text.slice(at + cut), sample),
    );
}

const jumbled = fc
  .array(
    fc.constantFrom(
      '1',
      '0',
      '25',
      'a',
      'ff',
      'http',
      '://',
      ':',
      '::',
      '.',
      '/',
      '//',
      '@',
      '#',
      '?',
      '[',
      ']',
      '%41',
      '{',
      '}',
      '-',
      'T',
      'Z',
      'P',
      'W',
      'co',
      '~0',
      '~',
      ',',
      '*',
      '=',
      '+02:00',
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

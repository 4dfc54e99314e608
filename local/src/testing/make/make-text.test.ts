import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runAjv } from '../../../../test/support/validators.ts';
import { arbitrary, invalidArbitrary, Unmakeable } from '../arbitraries/index.ts';
import { payloadOf } from '../payload.ts';

const holding = (text: object): Readonly<Record<string, unknown>> => ({
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', ...text } },
});

const possible: readonly object[] = [
  { format: 'uuid', pattern: '^[0-9a-f-]{36}$' },
  { format: 'date-time', pattern: 'Z$' },
  { format: 'date-time', pattern: '\\.\\d{3}Z$' },
  { format: 'date', pattern: '^20' },
  { format: 'date', pattern: '^1[89]' },
  { format: 'date', pattern: '-31$', formatMinimum: '2024-01-01' },
  { format: 'uri', minLength: 60 },
  { format: 'uri', pattern: '^s3://.*\\.csv$', maxLength: 40 },
  { format: 'uri', pattern: '^urn:isbn:\\d+$' },
  { format: 'email', pattern: '@acme\\.com$' },
  { format: 'email', minLength: 40, maxLength: 44 },
  { format: 'hostname', minLength: 100 },
  { format: 'ipv4', pattern: '^10\\.' },
  { format: 'duration', pattern: '^PT' },
  { pattern: '^[a-z]+$', minLength: 30 },
  { pattern: '^[A-Z0-9-]+$', minLength: 8, maxLength: 20 },
  { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', minLength: 50, maxLength: 64 },
  { pattern: '^(?!test)[a-z]+$' },
  { pattern: '^(?=.*\\d)(?=.*[A-Z])[A-Za-z\\d]{12,}$' },
  { allOf: [{ pattern: '^ab' }, { pattern: 'yz$' }, { pattern: '^[a-z]{9}$' }] },
  { pattern: '(^|,)x($|,)', minLength: 5 },
];

describe('the texts of a schema', () => {
  test.each(possible.map((text) => [JSON.stringify(text), text] as const))('are made for %s', (_, text) => {
    const schema = holding(text);
    const isValid = runAjv(schema);
    for (let seed = 0; seed < 10; seed++) {
      const payload = payloadOf<unknown, never>(schema, undefined, { seed });
      expect(isValid(payload), JSON.stringify(payload)).toBe(true);
    }
    for (const payload of fc.sample(arbitrary(schema), 20))
      expect(isValid(payload), JSON.stringify(payload)).toBe(true);
    for (const { payload } of fc.sample(invalidArbitrary(schema), 5)) expect(isValid(payload)).toBe(false);
  });

  test('are valid whatever goes together, or said not to be found', () => {
    const piece = fc.constantFrom('a', 'Z', '20', '[a-z]', '[^a-z]', '\\d', '.', '-', '(?:ab|c)', '(?=\\w)', '(?!a)');
    const repeated = fc
      .tuple(piece, fc.constantFrom('', '', '+', '*', '{2,5}', '?'))
      .map(([part, count]) => (part.startsWith('(?=') || part.startsWith('(?!') ? part : `${part}${count}`));
    const pattern = fc
      .tuple(fc.constantFrom('', '^'), fc.array(repeated, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '$'))
      .map(([start, parts, end]) => `${start}${parts.join('')}${end}`);
    const format = fc.constantFrom('uuid', 'date', 'date-time', 'time', 'email', 'uri', 'hostname', 'ipv6', 'duration');
    const text = fc.record(
      { pattern, format, minLength: fc.nat(40), maxLength: fc.integer({ min: 5, max: 60 }) },
      { requiredKeys: [] },
    );
    let made = 0;
    fc.assert(
      fc.property(text, fc.nat(5), (keywords, seed) => {
        const schema = holding(keywords);
        try {
          const payload = payloadOf<unknown, never>(schema, undefined, { seed });
          made++;
          expect(runAjv(schema)(payload), JSON.stringify(payload)).toBe(true);
        } catch (error) {
          if (!(error instanceof Unmakeable)) throw error;
        }
      }),
      { numRuns: 150 },
    );
    expect(made).toBeGreaterThan(60);
  });

  test('of a pattern that looks back are not made, and the schema that asks for them is named', () => {
    expect(() => payloadOf<unknown, never>(holding({ pattern: '(?<=a)b' }))).toThrow(/Cannot make .*\(\?<=a\)b/);
  });
});

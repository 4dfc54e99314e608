import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, runAjv, runEmitted, type Validate } from '../../../../test/support/validators.ts';
import type { JsonSchema } from '../../model/event-model.ts';

/** Names that mean something to JavaScript, to places, to pointers, to HTML or to a printer. */
const names = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'a', 'd0', 'e', 'k', 'undefined', 'if'],
  ...[
    '',
    ' ',
    '0',
    '-1',
    'a b',
    'a-b',
    'a/b',
    'a~b',
    '~0',
    '~1',
    '~2',
    '>',
    '@',
    '#',
    '/',
    '>a@0#b/c',
    '%41',
    'é',
    '💩',
  ],
  ...['"', "'", '`', '\\', '*/', '//', '${a}', '\n', '\u0000', '\u2028', '</script>', '<!--'],
];
const name = fc.constantFrom(...names);
const scalar = fc.constantFrom<unknown>(
  ...[null, true, 0, -0, 1, 2, 0.1, 0.3, 1e21, 5e-324, 1.7976931348623157e308, '2026-11-20', '2026-02-30'],
  ...['10:00:00Z', '2026-11-20T10:00:00Z', ...names],
);

/** A dictionary whose key `__proto__` is its own, as `JSON.parse` makes it. */
const map = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, map(name, tie('value')), fc.array(tie('value'), { maxLength: 3 })),
}));

const pattern = fc.oneof(
  name.map((text) => `^${text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (mark) => (mark === '-' ? '\\x2d' : `\\${mark}`))}`),
  fc.constantFrom('a/b', '[/]', '(?<!a)b', '(?<!--)', '\\/', '\\u{1F4A9}', '\\p{L}', '.', '\n', '</script>', '^$', ''),
);

const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom<unknown>(true, false, {}, { type: 'string' }, { type: 'object' }, { $ref: '#/definitions/x' }),
    fc.record(
      {
        type: fc.constantFrom('object', 'string', 'integer', ['object', 'null']),
        const: value,
        enum: fc.array(value, { minLength: 1, maxLength: 3 }),
        required: fc.uniqueArray(name, { maxLength: 3 }),
        properties: map(name, tie('schema')),
        additionalProperties: tie('schema'),
        patternProperties: map(pattern, tie('schema')),
        propertyNames: tie('schema'),
        dependencies: map(name, fc.oneof(fc.uniqueArray(name, { maxLength: 2 }), tie('schema'))),
        pattern,
        multipleOf: fc.constantFrom(0.1, 0.01, 1, 1e-300),
        maximum: fc.constantFrom(1e308, -1e308, 0),
        exclusiveMinimum: fc.constantFrom(0, 1),
        exclusiveMaximum: fc.constantFrom(0, 1),
        items: tie('schema'),
        not: tie('schema'),
        anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    fc.record({
      format: fc.constantFrom('date', 'time', 'date-time', 'iso-time', 'iso-date-time'),
      formatMinimum: scalar.map(String),
      formatExclusiveMaximum: scalar.map(String),
    }),
  ),
}));

/** Null where Ajv throws: it calls what an object of the value has for `toString` or `valueOf` to compare it. */
function verdictOf(ajv: Validate, value: unknown): boolean | null {
  try {
    return ajv(value);
  } catch {
    return null;
  }
}

describe('a validator of a schema full of odd names', () => {
  it('has the verdict and the errors of Ajv', () => {
    const bundle = fc.record({ root: schema, x: schema });
    let judged = 0;
    fc.assert(
      fc.property(bundle, fc.array(value, { minLength: 8, maxLength: 8 }), ({ root, x }, samples) => {
        const x1 = JSON.stringify(x).includes('$ref') ? {} : x;
        const text = JSON.stringify({ allOf: [root], definitions: { x: x1 } });
        const emitted = runEmitted(JSON.parse(text) as JsonSchema);
        const ajv = runAjv(JSON.parse(text) as JsonSchema);
        for (const sample of samples.map((one) => JSON.parse(JSON.stringify(one)) as unknown)) {
          const verdict = emitted(sample);
          const expected = verdictOf(ajv, sample);
          if (expected === null) continue;
          expect([sample, verdict, comparable(emitted.errors)]).toEqual([sample, expected, comparable(ajv.errors)]);
          judged += 1;
        }
      }),
      { numRuns: 400, interruptAfterTimeLimit: 60_000 },
    );
    expect(judged).toBeGreaterThan(2_000);
  });

  it('has the verdict of Ajv on numbers that JSON can write, but not keep', () => {
    for (const multipleOf of [1, 0.1, 1e-300, 1e300]) {
      const schema: JsonSchema = {
        type: ['integer', 'null'],
        multipleOf,
        maximum: Number.POSITIVE_INFINITY,
        enum: [1, '1e999', null],
      };
      const [emitted, ajv] = [runEmitted(schema), runAjv(schema)];
      for (const text of ['1e999', '-1e999', '-0', '1e-999', '123456789012345678901234567890', '0.1e1']) {
        expect([text, emitted(JSON.parse(text)), comparable(emitted.errors)]).toEqual([
          text,
          ajv(JSON.parse(text)),
          comparable(ajv.errors),
        ]);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { knownFormats } from '../../model/schema/formats.ts';
import { askedFormats } from './format-patterns.ts';
import { toDraft04 } from './to-draft-04.ts';

const head = { $schema: 'http://json-schema.org/draft-04/schema#' };

/** The schema of a validator, without its head. */
function converted(schema: object): unknown {
  const { $schema, ...rest } = toDraft04(schema as never, 'validator').schema;
  expect($schema).toBe(head.$schema);
  return rest;
}

const lostOf = (schema: object): readonly string[] =>
  toDraft04(schema as never, 'validator').lost.map(({ pointer }) => pointer);

describe('a draft-04 schema', () => {
  it.each<[string, object, object]>([
    ['a constant is a list of one', { const: 'x' }, { enum: ['x'] }],
    ['a constant that is not listed is nothing', { const: 'x', enum: ['y'] }, { not: {} }],
    ['exclusive bounds are booleans', { exclusiveMinimum: 0 }, { minimum: 0, exclusiveMinimum: true }],
    ['the tighter bound counts', { minimum: 1, exclusiveMinimum: 0 }, { minimum: 1 }],
    [
      'at the same bound the exclusive is tighter',
      { maximum: 1, exclusiveMaximum: 1 },
      { maximum: 1, exclusiveMaximum: true },
    ],
    ['whole numbers may be written 1.0', { type: 'integer' }, { type: 'number', multipleOf: 1 }],
    [
      'whole numbers beside others',
      { type: ['integer', 'null'] },
      { anyOf: [{ type: 'null' }, { type: 'number', multipleOf: 1 }] },
    ],
    ['null is one of the types', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['true is a schema without keywords', { properties: { a: true } }, { properties: { a: {} } }],
    ['false is what nothing satisfies', { properties: { a: false } }, { properties: { a: { not: {} } } }],
    ['additional properties stay a boolean', { additionalProperties: false }, { additionalProperties: false }],
    [
      'a condition is a choice',
      { if: { required: ['a'] }, then: { required: ['b'] }, else: { required: ['c'] } },
      {
        allOf: [
          { anyOf: [{ not: { required: ['a'] } }, { required: ['b'] }] },
          { anyOf: [{ required: ['a'] }, { required: ['c'] }] },
        ],
      },
    ],
    [
      'to contain is not to have only others',
      { contains: { const: 1 } },
      { not: { type: 'array', items: { not: { enum: [1] } } } },
    ],
    [
      'names by a pattern leave no others',
      { propertyNames: { pattern: '^a' } },
      { allOf: [{ patternProperties: { '^a': {} }, additionalProperties: false }] },
    ],
    ['annotations decide nothing', { title: 't', description: 'd', examples: [1], default: 1, readOnly: true }, {}],
    ['an empty list of names is none', { required: [] }, {}],
    ['a format is the pattern of it', { format: 'int64' }, { multipleOf: 1 }],
    ['a format that Ajv does not know asks nothing', { format: 'sku' }, {}],
    [
      'what stands beside a reference counts too',
      { properties: { a: { $ref: '#/definitions/A-1', maxLength: 3 } }, definitions: { 'A-1': { type: 'string' } } },
      {
        properties: { a: { allOf: [{ $ref: '#/definitions/A1' }, { maxLength: 3 }] } },
        definitions: { A1: { type: 'string' } },
      },
    ],
    [
      'a schema that refers to itself is a definition',
      { properties: { next: { $ref: '#' } } },
      {
        allOf: [{ $ref: '#/definitions/Root' }],
        definitions: { Root: { properties: { next: { $ref: '#/definitions/Root' } } } },
      },
    ],
  ])('%s', (_, schema, expected) => {
    expect(converted(schema)).toEqual(expected);
    expect(lostOf(schema)).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    ['formats without a pattern', { properties: { a: { format: 'uri' } } }, ['/properties/a/format']],
    ['bounds of dates', { format: 'date', formatMinimum: '2026-01-01' }, ['/formatMinimum']],
    ['patterns that need the flag u', { pattern: '^\\p{L}+$' }, ['/pattern']],
    ['lengths of names', { propertyNames: { maxLength: 3 } }, ['/propertyNames']],
    ['decimals that do not divide the same in binary', { multipleOf: 0.01 }, ['/multipleOf']],
    ['a negation of what is lost', { not: { format: 'uri' } }, ['/not']],
    ['a condition on what is lost', { if: { format: 'uri' }, then: { maxLength: 3 } }, ['/if']],
    [
      'that only one alternative may hold, when they accept more than before',
      { oneOf: [{ format: 'uri' }, { maxLength: 3 }] },
      ['/oneOf', '/oneOf/0/format'],
    ],
    [
      'the same through references',
      { not: { $ref: '#/definitions/a' }, definitions: { a: { $ref: '#/definitions/b' }, b: { format: 'uri' } } },
      ['/not'],
    ],
    [
      'names by patterns, and with them which are additional',
      { patternProperties: { '^\\p{L}': {} }, additionalProperties: false },
      ['/additionalProperties', '/patternProperties'],
    ],
  ])('tells that it loses %s', (_, schema, expected) => {
    expect(lostOf(schema)).toEqual(expected);
  });

  it('keeps what readers of a document want to see', () => {
    const schema = { title: 'T', type: 'object', properties: { n: { type: 'integer', format: 'int32', const: 1 } } };
    expect(toDraft04(schema)).toEqual({
      schema: {
        ...head,
        title: 'T',
        type: 'object',
        properties: { n: { type: 'integer', enum: [1], format: 'int32' } },
      },
      lost: [],
    });
  });

  it('gives each definition a name of letters and digits of its own', () => {
    const schema = {
      allOf: [{ $ref: '#/definitions/a-b' }, { $ref: '#/definitions/a_b' }, { $ref: '#/definitions/:' }],
      definitions: { 'a-b': { minLength: 1 }, a_b: { minLength: 2 }, ':': { minLength: 3 } },
    };
    const { definitions } = toDraft04(schema).schema as { definitions: Record<string, object> };
    expect(Object.keys(definitions).every((name) => /^[A-Za-z0-9]+$/.test(name))).toBe(true);
    expect(
      Object.values(definitions)
        .map((one) => JSON.stringify(one))
        .sort(),
    ).toEqual(['{"minLength":1}', '{"minLength":2}', '{"minLength":3}']);
  });

  it('knows the formats that Ajv asks anything for', () => {
    const asking = Object.entries(knownFormats()).filter(
      ([name, format]) => format !== true && name !== 'float' && name !== 'double',
    );
    expect([...askedFormats]).toEqual(asking.map(([name]) => name).sort());
  });
});

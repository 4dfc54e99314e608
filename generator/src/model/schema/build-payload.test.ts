import { describe, expect, it } from 'vitest';
import { payloadOf } from '../../../../test/support/schemas.ts';

/** Code, place and help of every diagnostic, in order; the schema is written one key a line. */
async function problems(schema: unknown, files: Record<string, unknown> = {}): Promise<string[]> {
  const { diagnostics } = await payloadOf(schema, files);
  return diagnostics.map(({ code, origin }) => `${code} ${origin.file}:${origin.line}:${origin.column}`);
}

async function onlyProblem(schema: unknown): Promise<{ code: string; message: string; help: string; pointer: string }> {
  const { diagnostics } = await payloadOf(schema);
  expect(diagnostics).toHaveLength(1);
  const [{ code, message, help, origin } = { code: '', message: '', help: '', origin: { pointer: '' } }] = diagnostics;
  return { code, message, help, pointer: origin.pointer };
}

const file = 'schemas/payload.json';
const string = { type: 'string' };

describe('buildPayload', () => {
  it('says nothing about a schema that is right', async () => {
    expect(
      await problems({
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', format: 'uuid', pattern: '^\\p{L}-' } },
      }),
    ).toEqual([]);
  });

  it('reports a wrong type with a suggestion, at the keyword', async () => {
    expect(await problems({ type: 'object', properties: { a: { type: 'strng' } } })).toEqual([
      `schema-invalid ${file}:5:7`,
    ]);
    expect(await onlyProblem({ type: 'strng' })).toMatchObject({
      message: '`type` is `"strng"`; it must be a type of JSON or a list of different ones.',
      help: 'Did you mean `string`?',
    });
  });

  it.each<[string, unknown]>([
    ['type', []],
    ['type', ['string', 'string']],
    ['enum', []],
    ['enum', [1, 1]],
    ['enum', 'a'],
    ['minLength', -1],
    ['minLength', 1.5],
    ['maximum', '1'],
    ['multipleOf', 0],
    ['required', 'a'],
    ['required', ['a', 'a']],
    ['required', [1]],
    ['properties', []],
    ['items', []],
    ['items', 1],
    ['allOf', []],
    ['anyOf', {}],
    ['not', 1],
    ['uniqueItems', 'yes'],
    ['format', 1],
    ['description', 1],
    ['examples', {}],
    ['nullable', true],
    ['formatMinimum', '2026-01-01'],
    ['$id', 1],
  ])('refuses %s: %j, as Ajv does', async (keyword, value) => {
    expect(await onlyProblem({ [keyword]: value })).toMatchObject({ code: 'schema-invalid', pointer: `/${keyword}` });
  });

  it('refuses schemas that are none, wherever they stand', async () => {
    const schema = { properties: { a: 1 }, anyOf: [null, string], dependencies: { a: 'b', c: [1] }, type: 'object' };
    const { diagnostics } = await payloadOf(schema);
    expect(diagnostics.map(({ code, origin }) => `${code} ${origin.pointer}`).sort()).toEqual([
      'schema-invalid /anyOf/0',
      'schema-invalid /dependencies/a',
      'schema-invalid /dependencies/c',
      'schema-invalid /properties/a',
    ]);
  });

  it('reports patterns that are no regular expressions, also those that are none under the flag u', async () => {
    expect(await onlyProblem({ pattern: '(' })).toMatchObject({ code: 'schema-pattern', pointer: '/pattern' });
    expect(await onlyProblem({ pattern: '\\-' })).toMatchObject({ code: 'schema-pattern' });
    expect(await onlyProblem({ pattern: 'a\\Z' })).toMatchObject({ code: 'schema-pattern' });
    expect(await onlyProblem({ patternProperties: { '[': {} } })).toMatchObject({
      code: 'schema-pattern',
      pointer: '/patternProperties/[',
    });
  });

  it('warns of unknown formats, and suggests one', async () => {
    expect(await onlyProblem({ format: 'datetime' })).toMatchObject({
      code: 'schema-unknown-format',
      help: 'Did you mean `date-time`?',
      pointer: '/format',
    });
    expect((await onlyProblem({ format: 'constructor' })).help).toContain('Known formats are');
  });

  it('warns of keywords that look misspelt or belong to another draft, and of no others', async () => {
    expect(await onlyProblem({ propertes: {} })).toMatchObject({
      code: 'schema-keyword',
      help: 'Did you mean `properties`?',
    });
    expect(await onlyProblem({ prefixItems: [] })).toMatchObject({
      code: 'schema-keyword',
      help: 'Draft-07 writes tuples as a list under `items`.',
    });
    expect(await problems({ 'x-typo': 1, owner: 'me', discriminator: 'kind', externalDocs: {} })).toEqual([]);
  });

  it('refuses schemas of other drafts and formats', async () => {
    expect(await onlyProblem({ $schema: 'https://json-schema.org/draft/2020-12/schema' })).toMatchObject({
      code: 'schema-dialect',
      pointer: '/$schema',
    });
    expect(await onlyProblem({ id: 'x' })).toMatchObject({ code: 'schema-dialect' });
    expect(await problems({ $schema: 'http://json-schema.org/draft-07/schema' })).toEqual([]);
    expect(await onlyProblem({ schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {} })).toMatchObject({
      code: 'schema-format',
      message: 'The schema format `application/vnd.apache.avro;version=1.9.0` is not supported.',
      pointer: '/schemaFormat',
    });
    expect(await onlyProblem({ schemaFormat: 'application/schema+json;version=draft-07' })).toMatchObject({
      code: 'schema-invalid',
    });
  });

  it('refuses schemas that apply themselves to the same value', async () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/definitions/loop' } },
      definitions: { loop: { anyOf: [string, { $ref: '#/definitions/loop' }] } },
    };
    const { diagnostics, payload } = await payloadOf(schema);
    expect(diagnostics.map(({ code, origin }) => [code, origin.pointer])).toEqual([
      ['schema-endless', '/definitions/loop/anyOf/1/$ref'],
    ]);
    expect(payload).toMatchObject({ definitions: { loop: { anyOf: [string, {}] } } });
  });

  it('warns of examples and defaults that are not valid, where they are wrong', async () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'integer', default: 'x' }, examples: [[1], [1, 'y']] } },
    };
    const { diagnostics } = await payloadOf(schema);
    expect(diagnostics.map(({ code, origin, message }) => [code, origin.pointer, message])).toEqual([
      [
        'schema-example',
        '/properties/a/examples/1/1',
        'The example is not valid by its schema: `/1` must be a whole number.',
      ],
      [
        'schema-default',
        '/properties/a/items/default',
        'The default is not valid by its schema: it must be a whole number.',
      ],
    ]);
  });

  it('warns of required names that nothing describes', async () => {
    expect(await onlyProblem({ type: 'object', required: ['orderid'], properties: { orderId: string } })).toMatchObject(
      {
        code: 'schema-required',
        help: 'Did you mean `orderId`?',
        pointer: '/required/0',
      },
    );
    const composed = {
      type: 'object',
      properties: { a: string, b: string },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
      allOf: [{ $ref: '#/definitions/needsA' }],
      definitions: { needsA: { required: ['a'] } },
    };
    expect(await problems(composed)).toEqual([]);
    expect(await problems({ type: 'object', required: ['a'], additionalProperties: string })).toEqual([]);
  });

  it('warns of properties without a type, except in the payload itself and in tests', async () => {
    expect(await onlyProblem({ type: 'object', properties: { a: { properties: { b: string } } } })).toMatchObject({
      code: 'schema-object-type',
      pointer: '/properties/a/properties',
    });
    const fine = {
      properties: { a: { type: 'object', oneOf: [{ properties: { b: string } }], not: { properties: { c: string } } } },
    };
    expect(await problems(fine)).toEqual([]);
  });

  it('reports two schemas that meet in one type name, with both places', async () => {
    const files = {
      'schemas/one.json': { definitions: { item: { enum: [1, 2] } } },
      'schemas/two.json': { definitions: { item: { enum: [3, 4] } } },
    };
    const schema = {
      type: 'object',
      properties: { a: { $ref: 'one.json#/definitions/item' }, b: { $ref: 'two.json#/definitions/item' } },
    };
    const { diagnostics } = await payloadOf(schema, files);
    expect(diagnostics.map(({ code, origin, related }) => [code, origin.file, related[0]?.origin.file])).toEqual([
      ['type-name-collision', 'schemas/two.json', 'schemas/one.json'],
    ]);
  });

  it('points into the file where the schema is written', async () => {
    const schema = { type: 'object', properties: { a: { $ref: 'a.json' } } };
    expect(await problems(schema, { 'schemas/a.json': '{\n  "type": "string",\n  "minLength": "1"\n}' })).toEqual([
      'schema-invalid schemas/a.json:3:3',
    ]);
  });
});

import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundles, payloadOf, values } from '../../../../test/support/schemas.ts';
import { findEndless } from './endless.ts';
import { canonicalText } from './json.ts';
import { findViolation } from './violation.ts';

const payload = async (schema: unknown, files: Record<string, unknown> = {}): Promise<unknown> =>
  (await payloadOf(schema, files)).payload;

const text = { type: 'string' };

describe('bundle', () => {
  it('turns every kind of reference into a definition', async () => {
    const schema = {
      properties: {
        own: { $ref: '#/definitions/own' },
        file: { $ref: '../common/address.schema.json' },
        inner: { $ref: '../common/parts.json#/definitions/inner%20part' },
        named: { $ref: '#plain' },
        self: { $ref: '#' },
        property: { $ref: '#/properties/list/items' },
        list: { type: 'array', items: { type: 'integer' } },
      },
      definitions: { own: { minLength: 1 }, other: { $id: '#plain', maxLength: 2 } },
    };
    const files = {
      'common/address.schema.json': text,
      'common/parts.json': { definitions: { 'inner part': { type: 'null' } } },
    };
    expect(await payload(schema, files)).toEqual({
      definitions: {
        address: { type: 'string' },
        inner_part: { type: 'null' },
        'list-items': { type: 'integer' },
        other: { maxLength: 2 },
        own: { minLength: 1 },
      },
      properties: {
        file: { $ref: '#/definitions/address' },
        inner: { $ref: '#/definitions/inner_part' },
        list: { items: { $ref: '#/definitions/list-items' }, type: 'array' },
        named: { $ref: '#/definitions/other' },
        own: { $ref: '#/definitions/own' },
        property: { $ref: '#/definitions/list-items' },
        self: { $ref: '#' },
      },
    });
  });

  it('follows recursion through files and back', async () => {
    const files = {
      'schemas/tree.json': { definitions: { node: { properties: { next: { $ref: '#/definitions/node' } } } } },
    };
    expect(await payload({ items: { $ref: 'tree.json#/definitions/node' } }, files)).toEqual({
      definitions: { node: { properties: { next: { $ref: '#/definitions/node' } } } },
      items: { $ref: '#/definitions/node' },
    });
  });

  it('resolves references against `$id`, and drops what would change them', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'https://example.com/order.json',
      properties: {
        a: { $ref: 'item.json' },
        b: { $ref: 'item.json#/definitions/x' },
        c: { $ref: '#/definitions/item/definitions/x' },
      },
      definitions: { item: { $id: 'item.json', items: { $ref: '#/definitions/x' }, definitions: { x: text } } },
    };
    const built = await payload(schema);
    expect(built).toEqual({
      definitions: { item: { items: { $ref: '#/definitions/x' } }, x: { type: 'string' } },
      properties: { a: { $ref: '#/definitions/item' }, b: { $ref: '#/definitions/x' }, c: { $ref: '#/definitions/x' } },
    });
  });

  it('keeps what stands beside a reference', async () => {
    const schema = {
      properties: { a: { $ref: '#/definitions/x', maxLength: 2 } },
      definitions: { x: { $ref: '#/definitions/y', minLength: 1 }, y: text },
    };
    expect(await payload(schema)).toEqual({
      definitions: { x: { $ref: '#/definitions/y', minLength: 1 }, y: { type: 'string' } },
      properties: { a: { $ref: '#/definitions/x', maxLength: 2 } },
    });
  });

  it('goes through schemas that are nothing but a reference', async () => {
    const schema = {
      $ref: '#/definitions/a',
      definitions: { a: { $ref: '#/definitions/b', description: 'alias' }, b: { items: { $ref: '#' } } },
    };
    expect(await payload(schema)).toEqual({ items: { $ref: '#' } });
  });

  it('names definitions that would meet after their files, without regard to order', async () => {
    const files = {
      'schemas/one.json': { definitions: { x: { const: 1 } } },
      'schemas/two.json': { definitions: { x: { const: 2 } } },
    };
    const built = await payload(
      { items: [{ $ref: 'two.json#/definitions/x' }, { $ref: 'one.json#/definitions/x' }] },
      files,
    );
    expect(built).toEqual({
      definitions: { 'one.x': { const: 1 }, 'two.x': { const: 2 } },
      items: [{ $ref: '#/definitions/two.x' }, { $ref: '#/definitions/one.x' }],
    });
  });

  it('takes what stands under keywords of data for data', async () => {
    const data = { $ref: '#/nowhere', $id: '#x', definitions: { $ref: 1 } };
    const schema = {
      enum: [data],
      default: data,
      examples: [data],
      'x-note': data,
      properties: { const: { const: data }, $ref: text },
    };
    expect(await payload(schema)).toEqual({
      default: data,
      enum: [data],
      examples: [data],
      properties: { $ref: { type: 'string' }, const: { const: data } },
      'x-note': data,
    });
  });

  it('writes the same bytes whatever the order of keys', async () => {
    const schema =
      '{"required":["b","a"],"type":["null","object"],"properties":{"b":{"enum":[{"y":1,"x":2}]},"a":{}},"examples":[{"b":1,"a":2}]}';
    const other =
      '{"examples":[{"a":2,"b":1}],"properties":{"a":{},"b":{"enum":[{"x":2,"y":1}]}},"type":["null","object"],"required":["a","b"]}';
    expect(JSON.stringify(await payload(JSON.parse(schema)))).toBe(JSON.stringify(await payload(JSON.parse(other))));
  });

  it('leaves definitions out that nothing refers to, and keeps annotations', async () => {
    const schema = { title: 'T', description: 'D', deprecated: true, 'x-unit': 'kg', definitions: { unused: text } };
    expect(await payload(schema)).toEqual({ title: 'T', description: 'D', deprecated: true, 'x-unit': 'kg' });
  });

  it('keeps names that objects inherit or hide', async () => {
    const schema = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"$ref":"#/definitions/__proto__"}},"definitions":{"__proto__":{"const":1}}}',
    );
    const built = await payload(schema);
    expect(JSON.stringify(built)).toBe(
      '{"definitions":{"definition":{"const":1}},"properties":{"__proto__":{"type":"string"},"constructor":{"$ref":"#/definitions/definition"}}}',
    );
  });

  it('reads the schema beside a schema format', async () => {
    expect(await payload({ schemaFormat: 'application/vnd.aai.asyncapi+json;version=3.0.0', schema: text })).toEqual(
      text,
    );
    expect(
      await payload(
        { schemaFormat: 'application/schema+yaml; version=draft-07', schema: { $ref: 'x.json' } },
        { 'schemas/x.json': text },
      ),
    ).toEqual(text);
  });

  it('accepts what the schema as written accepts', async () => {
    const samples = fc.sample(fc.tuple(bundles, fc.array(values, { minLength: 6, maxLength: 6 })), {
      seed: 23,
      numRuns: 150,
    });
    for (const [schema, some] of samples) {
      if (findEndless(schema).length > 0) continue;
      const built = (await payloadOf(schema)).payload;
      const valid = new Ajv({
        strict: false,
        logger: false,
        validateSchema: false,
        formats: { date: true, email: true, int32: true },
      }).compile(schema);
      const verdicts = some.map((value) => [value, valid(value)]);
      // Formats are no business of the bundle.
      if (!canonicalText(schema).includes('"format"')) {
        expect(some.map((value) => [value, findViolation(built, built, value) === null])).toEqual(verdicts);
      }
    }
  });
});

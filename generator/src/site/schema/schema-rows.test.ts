import { describe, expect, it } from 'vitest';
import { understand } from '../../../../test/support/model-of.ts';
import { payloadOf } from '../../../../test/support/schemas.ts';
import type { MessageType } from '../../model/event-model.ts';
import type { SchemaRow } from '../site-model.ts';
import { headerRows, payloadRow } from './schema-rows.ts';

async function rowOf(schema: unknown): Promise<SchemaRow> {
  const { payload } = await payloadOf(schema);
  return payloadRow({ name: 'Thing', payload } as MessageType);
}

/** A row and those below it as lines: name, type, what it demands, when it applies, and the shape it shares. */
function outline(row: SchemaRow, indent = ''): readonly string[] {
  const { name, required, type, constraints, condition, sameAs, children } = row;
  const words = [
    type,
    ...constraints,
    ...(condition === null ? [] : [condition]),
    ...(sameAs === null ? [] : [`= ${sameAs}`]),
  ];
  return [
    `${indent}${name}${required ? '*' : ''}: ${words.join('; ')}`,
    ...children.flatMap((one) => outline(one, `${indent}  `)),
  ];
}

async function outlineOf(schema: unknown): Promise<readonly string[]> {
  return outline(await rowOf(schema)).slice(1);
}

function all(row: SchemaRow): readonly SchemaRow[] {
  return [row, ...row.children.flatMap(all)];
}

describe('payloadRow', () => {
  it('shows fields, those required first, with type and constraints in words', async () => {
    expect(
      await outlineOf({
        type: 'object',
        additionalProperties: false,
        required: ['total', 'id'],
        properties: {
          note: { type: ['string', 'null'], maxLength: 120 },
          id: { type: 'string', format: 'uuid' },
          total: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 },
          count: { type: 'integer', minimum: 1, maximum: 100 },
          market: { enum: ['eu', 'us', 'ru'] },
          code: { type: 'string', pattern: '^[A-Z]{2}$' },
          tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 100, uniqueItems: true },
          rest: {},
          never: false,
        },
      }),
    ).toEqual([
      '  id*: string; format uuid',
      '  total*: number; more than 0; multiple of 0.01',
      '  code: string; pattern ^[A-Z]{2}$',
      '  count: integer; 1 to 100',
      '  market: "eu" | "us" | "ru"',
      '  never: never allowed',
      '  note: string or null; at most 120 characters',
      '  rest: any value',
      '  tags: list of strings; 1 to 100 elements; unique elements',
    ]);
  });

  it('shows elements, tuples and maps below their field', async () => {
    expect(
      await outlineOf({
        properties: {
          lines: {
            type: 'array',
            items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
          },
          codes: { type: 'array', items: { type: 'string', maxLength: 3 } },
          size: { type: 'array', items: [{ type: 'number' }, { type: 'string' }], additionalItems: false, minItems: 1 },
          labels: { type: 'object', additionalProperties: { type: 'string' } },
          prices: {
            type: 'object',
            patternProperties: { '^[A-Z]{3}$': { type: 'number' } },
            propertyNames: { maxLength: 3 },
          },
          readings: { type: 'array', contains: { type: 'number', minimum: 5 } },
        },
      }),
    ).toEqual([
      '  codes: list of strings',
      '    []: string; at most 3 characters',
      '  labels: map of strings',
      '  lines: list of objects',
      '    []: object',
      '      sku*: string',
      '  prices: map of numbers; names of fields: at most 3 characters',
      '    {^[A-Z]{3}$}: number',
      '  readings: list',
      '    at least one element: number; at least 5',
      '  size: list [number, string]; at least 1 element; no further elements',
      '    [0]*: number',
      '    [1]: string',
    ]);
  });

  it('says which value tells alternatives apart, and how else they are known', async () => {
    const branch = (kind: string, field: string): unknown => ({
      title: kind.toUpperCase(),
      required: ['kind', field],
      properties: { kind: { const: kind }, [field]: { type: 'string' } },
    });
    expect(
      await outlineOf({
        type: 'object',
        properties: {
          by: { oneOf: [branch('card', 'pan'), branch('bank', 'iban')] },
          id: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
        },
        anyOf: [{ required: ['id'] }, { required: ['by'] }],
      }),
    ).toEqual([
      '  by: object',
      '    CARD: object; when kind is "card"',
      '      kind*: "card"',
      '      pan*: string',
      '    BANK: object; when kind is "bank"',
      '      iban*: string',
      '      kind*: "bank"',
      '  id: string or integer',
      '  alternative 1: object; requires id; with id',
      '  alternative 2: object; requires by; with by',
    ]);
  });

  it('shows what holds under a condition, with a field, or not at all', async () => {
    expect(
      await outlineOf({
        type: 'object',
        properties: { status: { enum: ['a', 'b'] }, x: { not: { const: 'q' } } },
        if: { properties: { status: { const: 'a' } } },
        then: { required: ['x'] },
        else: { properties: { y: { type: 'integer' } } },
        dependencies: { x: ['status'], y: { properties: { z: { type: 'boolean' } } } },
        not: { required: ['x', 'y'] },
      }),
    ).toEqual([
      '  status: "a" | "b"',
      '  x: any value; not "q"',
      '  then: object; requires x; when status is "a"',
      '  else: object; unless status is "a"',
      '    y: integer',
      '  with y: object; when y is present',
      '    z: boolean',
    ]);
    expect((await rowOf({ dependencies: { x: ['y'] }, not: { required: ['x', 'z'] } })).constraints).toEqual([
      'with x also y',
      'not with x and z',
    ]);
  });

  it('merges what `allOf` holds together, and looks through references and `null`', async () => {
    expect(
      await outlineOf({
        definitions: { money: { type: 'object', required: ['currency'], properties: { currency: { enum: ['EUR'] } } } },
        allOf: [
          { properties: { a: { type: 'string', minLength: 2 } } },
          { required: ['a'], properties: { a: { maxLength: 5 } } },
        ],
        properties: { price: { anyOf: [{ $ref: '#/definitions/money' }, { type: 'null' }] } },
      }),
    ).toEqual([
      '  a*: string; at least 2 characters; at most 5 characters',
      '  price: object or null',
      '    currency*: "EUR"',
    ]);
  });

  it('refers to a shape that comes again: in itself, or large and shown before', async () => {
    const wide = {
      type: 'object',
      properties: Object.fromEntries([...'abcdefghi'].map((name) => [name, { type: 'string' }])),
    };
    const lines = await outlineOf({
      definitions: { wide },
      properties: {
        children: { type: 'array', items: { $ref: '#' } },
        one: { $ref: '#/definitions/wide' },
        two: { $ref: '#/definitions/wide' },
      },
    });
    expect(lines.filter((line) => !/ [a-i]: /.test(line))).toEqual([
      '  children: list of objects',
      '    []: object; = field',
      '  one: object',
      '  two: object; = field-one',
    ]);
    expect(lines).toHaveLength(4 + 9);
  });

  it('tells title, description, default, unit, examples and deprecation', async () => {
    const row = await rowOf({
      properties: {
        weight: {
          title: 'Net weight',
          description: 'Without the *box*.',
          type: 'number',
          'x-unit': 'kg',
          default: 1,
          examples: [2, 3],
          deprecated: 'Use `mass`.',
        },
      },
    });
    expect(row.children[0]).toMatchObject({
      description: 'Net weight\n\nWithout the *box*.\n\nDeprecated: Use `mass`.',
      unit: 'kg',
      defaultValue: '1',
      examples: ['2', '3'],
      deprecated: true,
    });
  });

  it('gives each row an anchor of its own in ASCII, whatever fields are called', async () => {
    const names = [
      'a.b',
      'a',
      'A',
      '_a',
      '',
      '[]',
      '{key}',
      '__proto__',
      '</script>',
      '`${x}`',
      '\u202eabc',
      '😀',
      'x'.repeat(10_000),
    ];
    const leaf = { type: 'string' };
    const inner = { properties: { b: leaf, '2e': { properties: { b: leaf } }, '': leaf } };
    const entries = names.map((name) => [name, name === 'a' ? inner : { type: 'array', items: inner }]);
    const anchors = all(await rowOf({ properties: Object.fromEntries(entries) })).map(({ anchor }) => anchor);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors.length).toBeGreaterThan(names.length * 3);
    expect(anchors.filter((anchor) => !/^[A-Za-z0-9._-]{1,200}$/.test(anchor))).toEqual([]);
  });

  it('keeps the anchors of fields when others come, and reads as paths', async () => {
    const before = { properties: { customer: { properties: { tier: {} } } } };
    const after = { properties: { age: {}, customer: { properties: { name: {}, tier: {} } } } };
    const anchors = async (schema: unknown): Promise<readonly string[]> =>
      all(await rowOf(schema)).map(({ anchor }) => anchor);
    expect(await anchors(before)).toEqual(['field', 'field-customer', 'field-customer.tier']);
    expect(await anchors(after)).toEqual(expect.arrayContaining([...(await anchors(before))]));
  });

  it('stays small where definitions double and deep schemas go on', async () => {
    const ref = (index: number): unknown => ({ $ref: `#/definitions/d${index}` });
    const doubling = Array.from({ length: 25 }, (_, index) => [
      `d${index}`,
      { type: 'object', properties: { left: ref(index + 1), right: ref(index + 1) } },
    ]);
    const definitions = { ...Object.fromEntries(doubling), d25: { type: 'integer' } };
    expect(all(await rowOf({ definitions, properties: { a: ref(0) } })).length).toBeLessThan(100);
    const deep = Array.from({ length: 100 }).reduce<object>((inner) => ({ properties: { in: inner } }), {});
    expect(all(await rowOf(deep)).length).toBeLessThan(60);
  });
});

describe('headerRows', () => {
  const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
channels:
  orders:
    address: shop-orders
    bindings: { sns: { name: shop-orders } }
    messages:
      OrderPlaced:
        headers:
          type: object
          required: [market]
          properties:
            market: { type: string, enum: [eu, us] }
            weight: { type: number }
            tags: { type: array, items: { type: string } }
        payload: { type: object, properties: { market: { type: string } } }
operations:
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
`;

  it('shows what every message carries, then the headers of this one', async () => {
    const { model } = await understand(spec);
    const [message] = model.catalog.messages;
    const rows = message === undefined ? [] : headerRows(message);
    expect(rows.flatMap((row) => outline(row))).toEqual([
      'type*: string; attribute of type String',
      'id*: string; attribute of type String; format uuid',
      'time*: string; attribute of type String; format date-time',
      'market*: "eu" | "us"; attribute of type String; filled from the payload\'s field of the same name',
      'tags: list of strings; attribute of type String.Array',
      'weight: number; attribute of type Number',
    ]);
    expect(rows[3]?.anchor).toBe('header-market');
  });
});

import { describe, expect, it } from 'vitest';
import { payloadOf } from '../../../../../test/support/schemas.ts';
import { printType } from '../../../emit/print/type-expression.ts';
import { singular } from './sites.ts';

/** The types of an `Order`, one a line. */
async function types(schema: unknown, files: Record<string, unknown> = {}): Promise<string[]> {
  const built = await payloadOf(schema, files, 'Order');
  return built.types.map(({ name, type }) => `${name} = ${printType(type, { column: -1000 })}`);
}

async function names(schema: unknown, files: Record<string, unknown> = {}): Promise<string[]> {
  return (await payloadOf(schema, files, 'Order')).types.map(({ name }) => name);
}

const text = { type: 'string' };
const object = (properties: object): object => ({ type: 'object', properties, required: Object.keys(properties) });

describe('names of types', () => {
  it('follow the path, elements in the singular', async () => {
    const schema = object({
      items: { type: 'array', items: object({ product: object({ sku: text }) }) },
      shipTo: object({ city: text }),
    });
    expect(await names(schema)).toEqual(['Order', 'OrderItem', 'OrderShipTo', 'OrderItemProduct']);
  });

  it('take the full path where the singular is taken, whichever comes first', async () => {
    const list = { type: 'array', items: object({ a: text }) };
    expect(await names(object({ item: object({ b: text }), items: list }))).toEqual([
      'Order',
      'OrderItem',
      'OrderItemsItem',
    ]);
    expect(await names(object({ lines: list, line: object({ b: text }) }))).toEqual([
      'Order',
      'OrderLine',
      'OrderLinesItem',
    ]);
  });

  it('take the full path where a word has no singular', async () => {
    expect(await names(object({ data: { type: 'array', items: object({ a: text }) } }))).toEqual([
      'Order',
      'OrderDataItem',
    ]);
  });

  it('follow definitions and files', async () => {
    const schema = {
      ...object({ a: { $ref: '#/definitions/line-item' }, b: { $ref: '../common/postal-address.schema.json' } }),
      definitions: { 'line-item': object({ x: text }) },
    };
    expect(await names(schema, { 'common/postal-address.schema.json': object({ y: text }) })).toEqual([
      'Order',
      'OrderLineItem',
      'OrderPostalAddress',
    ]);
  });

  it('follow what tells alternatives apart, else their titles; without either they have none', async () => {
    const branches = (extra: (index: number) => object): object =>
      object({ a: { oneOf: [0, 1].map((index) => ({ ...object({ [`x${index}`]: text }), ...extra(index) })) } });
    const kinds = object({ a: { oneOf: ['card', 'bank-transfer'].map((type) => object({ type: { const: type } })) } });
    expect(await names(kinds)).toEqual(['Order', 'OrderA', 'OrderACard', 'OrderABankTransfer']);
    expect(await names(branches((index) => ({ title: ['By card', 'By hand'][index] })))).toEqual([
      'Order',
      'OrderA',
      'OrderAByCard',
      'OrderAByHand',
    ]);
    expect(await types(branches(() => ({})))).toEqual([
      'Order = { readonly a: OrderA }',
      'OrderA = { readonly x0: string } | { readonly x1: string }',
    ]);
  });

  it('are those of the map for its values', async () => {
    expect(await names(object({ prices: { type: 'object', additionalProperties: object({ amount: text }) } }))).toEqual(
      ['Order', 'OrderPrice'],
    );
  });

  it('do not change when something else is added', async () => {
    const base = { items: { type: 'array', items: object({ a: text }) } };
    const more = { ...base, another: { type: 'array', items: object({ a: text }) } };
    expect(await names(object(more))).toEqual(expect.arrayContaining(await names(object(base))));
  });

  it('are identifiers, whatever the keys are', async () => {
    const schema = object({
      'a b': object({ x: text }),
      '3d': object({ x: text }),
      größe: object({ x: text }),
      日本: object({ x: text }),
    });
    for (const name of await names(schema)) expect(name).toMatch(/^Order[A-Za-z0-9_]*$/);
  });

  it('are given to no scalar, and to no list of scalars', async () => {
    const schema = {
      ...object({
        a: { $ref: '#/definitions/id' },
        b: { $ref: '#/definitions/ids' },
        c: { $ref: '#/definitions/market' },
      }),
      definitions: { id: text, ids: { type: 'array', items: text }, market: { enum: ['eu', 'us'] } },
    };
    expect(await types(schema)).toEqual([
      'Order = {\n  readonly a: string;\n  readonly b: readonly string[];\n  readonly c: OrderMarket;\n}',
      "OrderMarket = 'eu' | 'us'",
    ]);
  });
});

describe('shapes of types', () => {
  it('keep what alternatives have in common apart', async () => {
    const schema = {
      ...object({ id: text }),
      oneOf: [{ $ref: '#/definitions/a' }, { $ref: '#/definitions/b' }],
      definitions: { a: object({ x: text }), b: object({ y: text }) },
    };
    expect((await types(schema))[0]).toBe('Order = { readonly id: string } & (OrderA | OrderB)');
  });

  it('merge objects of allOf, and go on with the definition that builds on itself', async () => {
    const schema = {
      ...object({ tree: { $ref: '#/definitions/tree' } }),
      definitions: {
        node: { type: 'object', properties: { next: { $ref: '#/definitions/node' } } },
        tree: {
          allOf: [
            { $ref: '#/definitions/node' },
            { type: 'object', properties: { next: { $ref: '#/definitions/tree' }, id: text } },
          ],
        },
      },
    };
    expect(await types(schema)).toEqual([
      'Order = { readonly tree: OrderTree }',
      'OrderTree = { readonly id?: string | undefined; readonly next?: OrderTree | undefined }',
    ]);
  });

  it('stay few where alternatives multiply', async () => {
    const choice = (name: string): object => ({
      anyOf: [1, 2, 3, 4, 5].map((index) => ({ properties: { [name]: { const: index } }, required: [name] })),
    });
    const [type = ''] = await types({ type: 'object', allOf: ['a', 'b', 'c', 'd'].map(choice) });
    expect(type.length).toBeLessThan(2_000);
  });
});

describe('documentation of types', () => {
  it('tells what a type cannot', async () => {
    const schema = {
      type: 'object',
      description: 'An order.',
      deprecated: true,
      minProperties: 1,
      properties: {
        a: {
          type: 'string',
          description: 'A text.',
          minLength: 1,
          maxLength: 3,
          pattern: '^a',
          format: 'email',
          default: 'a',
          examples: ['a', 'b'],
        },
        b: { type: 'integer', minimum: 1, exclusiveMaximum: 9, multipleOf: 2, 'x-unit': 'kg' },
        c: { type: 'array', maxItems: 5, uniqueItems: true },
        d: { type: 'object', title: 'Title only', properties: { x: text } },
        e: { $ref: '#/definitions/id' },
        f: { $ref: '#/definitions/thing', description: 'Own words.' },
      },
      definitions: {
        id: { type: 'string', format: 'uuid', description: 'An id.' },
        thing: { ...object({ x: text }), description: 'A thing.' },
      },
    };
    const { types } = await payloadOf(schema, {}, 'Order');
    const [order, d, thing] = types;
    const properties =
      order?.type.kind === 'object'
        ? Object.fromEntries(order.type.properties.map(({ name, doc }) => [name, doc]))
        : {};
    expect(order?.doc).toEqual({
      description: 'An order.',
      facts: ['At least 1 property.'],
      examples: [],
      deprecated: '',
    });
    expect(properties).toEqual({
      a: {
        description: 'A text.',
        facts: ['Format: email.', '1 to 3 characters.', 'Pattern: `^a`.', 'Default: `"a"`.'],
        examples: ['"a"', '"b"'],
        deprecated: false,
      },
      b: {
        description: null,
        facts: ['An integer, at least 1, less than 9, a multiple of 2.', 'Unit: kg.'],
        examples: [],
        deprecated: false,
      },
      c: {
        description: null,
        facts: ['At most 5 elements.', 'No two elements are equal.'],
        examples: [],
        deprecated: false,
      },
      d: { description: 'Title only', facts: [], examples: [], deprecated: false },
      e: { description: 'An id.', facts: ['Format: uuid.'], examples: [], deprecated: false },
      f: { description: 'Own words.', facts: [], examples: [], deprecated: false },
    });
    expect([d?.doc.description, thing?.doc.description]).toEqual(['Title only', 'A thing.']);
  });
});

describe('singular', () => {
  it.each([
    ['Items', 'Item'],
    ['Addresses', 'Address'],
    ['Categories', 'Category'],
    ['Boxes', 'Box'],
    ['Statuses', 'Status'],
    ['Houses', 'House'],
    ['Sizes', 'Size'],
    ['Address', 'Address'],
    ['Status', 'Status'],
    ['Series', 'Series'],
    ['Data', 'Data'],
  ])('of %s is %s', (plural, one) => {
    expect(singular(plural)).toBe(one);
  });
});

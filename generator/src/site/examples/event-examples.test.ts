import { describe, expect, it } from 'vitest';
import { understand } from '../../../../test/support/model-of.ts';
import { payloadOf } from '../../../../test/support/schemas.ts';
import type { EventExample } from '../site-model.ts';
import { eventExamples } from './event-examples.ts';

const noDocs = { examples: [] } as unknown as Parameters<typeof eventExamples>[1];

async function made(schema: object, examples: readonly unknown[] = []): Promise<readonly EventExample[]> {
  const { payload } = await payloadOf(schema);
  return eventExamples({ name: 'Thing', payload, examples } as unknown as Parameters<typeof eventExamples>[0], noDocs);
}

/** The smallest and the largest payload; a largest that is no other is left out. */
async function sizes(schema: object): Promise<readonly unknown[]> {
  return (await made(schema)).map(({ payload }) => payload);
}

/** The smallest and the largest value of a required field. */
async function fieldSizes(field: object, name = 'v'): Promise<readonly unknown[]> {
  const payloads = await sizes({ type: 'object', required: [name], properties: { [name]: field } });
  return payloads.map((payload) => (payload as Readonly<Record<string, unknown>>)[name]);
}

describe('eventExamples', () => {
  it('shows the valid examples of the spec by name, then the smallest and the largest', async () => {
    const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: shop.orders
    messages:
      OrderPlaced:
        payload:
          type: object
          required: [id]
          properties: { id: { type: string, minLength: 3 }, note: { type: string } }
        examples:
          - { name: short, summary: As it comes., payload: { id: a-1 } }
          - { payload: { id: x } }
          - { payload: { id: b-22 } }
operations:
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
`;
    const { model } = await understand(spec);
    const [message] = model.catalog.messages;
    const docs = { examples: [{ name: 'Short', summary: 'As it comes.' }] } as unknown as typeof noDocs;
    const examples = message === undefined ? [] : eventExamples(message, docs);
    expect(examples.map(({ anchor, title, origin, bytes }) => [anchor, title, origin, bytes])).toEqual([
      ['example-1', 'Short', 'spec', 12],
      ['example-3', 'Example 3', 'spec', 13],
      ['example-smallest', 'Smallest', 'smallest', expect.any(Number)],
      ['example-largest', 'Largest', 'largest', expect.any(Number)],
    ]);
    expect(examples[0]).toMatchObject({ summary: 'As it comes.', json: '{ "id": "a-1" }' });
  });

  it('makes the smallest of required fields alone and the largest of all', async () => {
    const schema = {
      type: 'object',
      required: ['orderId', 'lines', 'total', 'note'],
      properties: {
        orderId: { type: 'string', format: 'uuid' },
        lines: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
        total: { type: 'number', minimum: 0.5 },
        note: { type: ['string', 'null'] },
        paid: { type: 'boolean' },
        day: { type: 'string', format: 'date' },
      },
    };
    expect(await sizes(schema)).toEqual([
      { orderId: expect.stringMatching(/^[0-9a-f-]{36}$/), lines: [], total: 1, note: null },
      {
        orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        lines: [{ sku: expect.any(String) }, { sku: expect.any(String) }],
        total: 1250,
        note: expect.any(String),
        paid: true,
        day: '2026-03-14',
      },
    ]);
  });

  it.each<[string, object, readonly unknown[]]>([
    ['bounds', { type: 'integer', minimum: 3, maximum: 9 }, [3, 9]],
    ['open bounds', { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 9 }, [4, 8]],
    ['negative bounds', { type: 'integer', maximum: -2 }, [-2]],
    ['cents', { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 }, [0.01, 1249.99]],
    ['multiples', { type: 'integer', minimum: 10, multipleOf: 7 }, [14, 1246]],
    ['a range without integers', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, [0.5]],
    ['values', { enum: ['gold', 'tin'] }, ['tin', 'gold']],
    ['examples', { type: 'string', examples: ['LS1 4AP', '89073'] }, ['89073', 'LS1 4AP']],
    ['a default', { type: 'string', default: 'eu' }, ['eu']],
    ['a constant', { const: { a: 1 } }, [{ a: 1 }]],
    [
      'unique elements',
      { type: 'array', uniqueItems: true, minItems: 3, items: { enum: [1, 2, 3] } },
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
    ],
    ['what a list contains', { type: 'array', contains: { const: 7 }, items: { type: 'integer' }, maxItems: 1 }, [[7]]],
    ['a tuple', { type: 'array', items: [{ const: 1 }, { const: 'b' }], additionalItems: false }, [[], [1, 'b']]],
    [
      'names of fields',
      { type: 'object', propertyNames: { enum: ['xs'] }, minProperties: 1 },
      [{ xs: 'xs' }, { xs: 'a longer xs' }],
    ],
    ['a password', { type: 'string', pattern: '^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z]).{8,}$' }, ['Aa1!Bb2?']],
    ['a time of day', { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }, ['09:30']],
  ])('keeps to %s', async (_, field, values) => {
    expect(await fieldSizes(field)).toEqual(values);
  });

  it('reads patterns: classes, groups, repetition, alternatives, back references and properties of characters', async () => {
    const patterns = [
      '^cus_[0-9a-z]{8}$',
      '^(?:[A-Z]{2}|\\d{3})-x+$',
      '^(?<q>[ab])\\k<q>\\1$',
      '^\\p{Lu}\\p{Ll}+$',
      '[\\]\\-]{2}',
      '^\\$\\{\\w+\\}$',
    ];
    for (const pattern of patterns) {
      const [small] = await fieldSizes({ type: 'string', pattern });
      expect([pattern, String(small)]).toEqual([pattern, expect.stringMatching(new RegExp(pattern, 'u'))]);
    }
    expect(
      await sizes({ type: 'object', required: ['v'], properties: { v: { type: 'string', pattern: '^a(?=b)c$' } } }),
    ).toEqual([]);
  });

  it('takes one alternative, meets conditions, and avoids what is forbidden', async () => {
    const shape = (kind: string, field: string): object => ({
      type: 'object',
      additionalProperties: false,
      required: ['kind', field],
      properties: { kind: { const: kind }, [field]: { type: 'boolean' } },
    });
    expect(await sizes({ oneOf: [shape('short', 'a'), shape('lengthy', 'other')] })).toEqual([
      { a: false, kind: 'short' },
      { kind: 'lengthy', other: true },
    ]);
    const conditional = {
      type: 'object',
      required: ['ok'],
      properties: { ok: { type: 'boolean' }, why: { type: 'string', maxLength: 2 } },
      if: { properties: { ok: { const: false } } },
      then: { required: ['why'] },
      else: { not: { required: ['why'] } },
    };
    expect(await sizes(conditional)).toEqual([{ ok: true }, { ok: false, why: expect.any(String) }]);
  });

  it('ends in schemas that come back to themselves, and finds nothing where that never ends', async () => {
    const list = {
      type: 'object',
      required: ['next'],
      properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#' }] } },
    };
    expect(await sizes(list)).toEqual([{ next: null }, { next: { next: null } }]);
    expect(await sizes({ type: 'object', required: ['next'], properties: { next: { $ref: '#' } } })).toEqual([]);
    expect(await sizes({ not: {} })).toEqual([]);
  });

  it('stays within a believable size, however much there could be', async () => {
    const fields = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`field${index}`, { type: 'string', minLength: 9 }]),
    );
    const [smallest, largest] = await made({ type: 'object', properties: fields });
    expect(smallest?.payload).toEqual({});
    expect(largest?.bytes).toBeGreaterThan(1_000);
    expect(largest?.bytes).toBeLessThan(16_000);
    const ref = (index: number): object => ({ $ref: `#/definitions/d${index}` });
    const doubling = Array.from({ length: 25 }, (_, index) => [
      `d${index}`,
      { type: 'object', required: ['l', 'r'], properties: { l: ref(index + 1), r: ref(index + 1) } },
    ]);
    expect(await sizes({ definitions: { ...Object.fromEntries(doubling), d25: { type: 'null' } }, ...ref(0) })).toEqual(
      [],
    );
  });

  it('is quick with patterns whose test of a long text would never end', async () => {
    for (const pattern of ['^([a-z]+)+(?<!z)$', '^(\\w+\\s?)*!$', '^(a|aa)+(?=b)$', '^(.*)*(?!)$']) {
      const matcher = new RegExp(pattern, 'u');
      for (const text of await fieldSizes({ type: 'string', pattern })) expect(matcher.test(String(text))).toBe(true);
    }
  });

  it('takes hostile names and texts for what they are', async () => {
    const properties = JSON.parse(
      '{ "__proto__": { "const": "</script>" }, "constructor": { "enum": ["`${x}`"] }, "": { "const": "\\u202e" } }',
    );
    const [smallest] = await made({ type: 'object', required: ['__proto__', 'constructor', ''], properties });
    expect(smallest?.json).toBe('{\n  "": "\u202e",\n  "__proto__": "</script>",\n  "constructor": "`${x}`"\n}');
  });
});

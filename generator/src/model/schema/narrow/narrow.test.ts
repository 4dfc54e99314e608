import type { EventPattern } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import { printType } from '../../../emit/print/type-expression.ts';
import type { JsonSchema } from '../../event-model.ts';
import { canonical } from '../json.ts';
import { buildTypes } from '../types/build-types.ts';
import { narrow } from './narrow.ts';

/** What a handler gets of a payload called `T`; null when that is `T`. */
function narrowed(schema: unknown, ...filters: readonly (EventPattern | null)[]): string | null {
  const payload = canonical(schema) as JsonSchema;
  const { types } = buildTypes({ schema: payload, labels: new Map() }, 'T');
  const type = narrow({ types, payload }, filters);
  return type === null ? null : printType(type, { column: 0 });
}

const text = { type: 'string' };

function method(type: string): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: { type: { const: type }, [`${type}Number`]: text },
  };
}

const order = {
  type: 'object',
  required: ['market', 'total', 'customer'],
  properties: {
    market: { enum: ['eu', 'us', 'ru'] },
    total: { type: 'number' },
    gift: { type: 'boolean' },
    coupon: { type: ['string', 'null'] },
    mixed: { type: ['string', 'number', 'null'] },
    level: { enum: [1, 2, 3, 'top'] },
    tags: { type: 'array', items: text },
    label: { type: ['string', 'array'] },
    open: {},
    customer: { type: 'object', properties: { tier: { enum: ['gold', 'silver'] }, name: text } },
    address: { type: ['object', 'null'], properties: { city: text } },
    note: { type: ['string', 'object'], properties: { text } },
    lines: { type: 'array', items: { type: 'object', properties: { sku: text } } },
    gifts: { type: 'array', items: { type: 'array', items: [{ type: 'object', additionalProperties: text }] } },
    hints: { anyOf: [text, { type: 'array', items: { type: ['object', 'array'], properties: { at: text } } }] },
    prices: { type: 'object', properties: { one: text }, additionalProperties: { type: 'number' } },
    method: { oneOf: [method('card'), method('bank'), method('cash')] },
    'a.b': text,
    a: { type: 'object', properties: { b: text } },
    $or: text,
  },
};

/** What is narrowed of an order: the payload itself is left out. */
function ofOrder(filter: EventPattern): string | null {
  return narrowed(order, filter)?.replace(/^T & /, '') ?? null;
}

describe('narrow', () => {
  it.each<[string, EventPattern, string | null]>([
    ['one value', { market: ['ru'] }, "{ readonly market: 'ru' }"],
    ['several values', { market: ['us', 'eu'] }, "{ readonly market: 'eu' | 'us' }"],
    ['values that the field cannot have are left out', { market: ['eu', 'mars'] }, "{ readonly market: 'eu' }"],
    ['all values', { market: ['eu', 'us', 'ru'] }, null],
    ['values of which the field has none', { market: ['mars'] }, 'never'],
    ['numbers and booleans', { total: [5], gift: [true] }, '{ readonly gift: true; readonly total: 5 }'],
    ['null is a value', { coupon: ['x', null] }, "{ readonly coupon: 'x' | null }"],
    ['addresses are compared by meaning', { coupon: ['10.0.0.1'] }, '{ readonly coupon: string }'],
  ])('exact values: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['true makes an optional field required', { coupon: [{ exists: true }] }, '{ readonly coupon: string | null }'],
    ['true of a required field says nothing', { market: [{ exists: true }] }, null],
    ['false takes the field away', { coupon: [{ exists: false }] }, '{ readonly coupon?: undefined }'],
    ['false of a required scalar matches nothing', { market: [{ exists: false }] }, 'never'],
    ['false leaves objects', { note: [{ exists: false }] }, '{ readonly note?: TNote | undefined }'],
    ['true refuses objects', { note: [{ exists: true }] }, '{ readonly note: string }'],
    ['a value or absent', { coupon: ['x', { exists: false }] }, "{ readonly coupon?: 'x' | undefined }"],
    ['true or false says nothing', { coupon: [{ exists: true }, { exists: false }] }, null],
    ['a value beside true is any value', { coupon: ['x', { exists: true }] }, '{ readonly coupon: string | null }'],
    ['an undeclared field is there', { other: ['x'] }, '{ readonly other: {} | null }'],
    ['what may be empty may be there', { tags: [{ exists: false }], open: [{ exists: false }] }, null],
  ])('exists: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['listed values', { market: [{ 'anything-but': 'eu' }] }, "{ readonly market: 'us' | 'ru' }"],
    ['a list', { market: [{ 'anything-but': ['eu', 'ru'] }] }, "{ readonly market: 'us' }"],
    ['values of several types', { level: [{ 'anything-but': [1, 2] }] }, "{ readonly level: 3 | 'top' }"],
    ['any string, null among others', { coupon: [{ 'anything-but': 'x' }] }, '{ readonly coupon: string | null }'],
    ['a required string', { customer: [{ 'anything-but': 'x' }] }, 'never'],
    ['prefix', { market: [{ 'anything-but': { prefix: 'e' } }] }, "{ readonly market: 'us' | 'ru' }"],
    ['suffix', { market: [{ 'anything-but': { suffix: 'u' } }] }, "{ readonly market: 'us' }"],
    ['case', { market: [{ 'anything-but': { 'equals-ignore-case': 'US' } }] }, "{ readonly market: 'eu' | 'ru' }"],
    ['wildcard', { market: [{ 'anything-but': { wildcard: '*u' } }] }, "{ readonly market: 'us' }"],
    ['forms leave numbers', { level: [{ 'anything-but': { prefix: 't' } }] }, '{ readonly level: 1 | 2 | 3 }'],
  ])('anything-but: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['prefix', { coupon: [{ prefix: 'ord_' }] }, '{ readonly coupon: `ord_${string}` }'],
    ['suffix', { coupon: [{ suffix: '.eu' }] }, '{ readonly coupon: `${string}.eu` }'],
    ['wildcard', { coupon: [{ wildcard: 'a*b*c' }] }, '{ readonly coupon: `a${string}b${string}c` }'],
    ['wildcard without asterisk', { coupon: [{ wildcard: 'a\\*' }] }, "{ readonly coupon: 'a*' }"],
    ['wildcard of anything', { coupon: [{ wildcard: '*' }] }, '{ readonly coupon: string }'],
    ['code in a text', { coupon: [{ prefix: '`${x}\\' }] }, '{ readonly coupon: `\\`\\${x}\\\\${string}` }'],
    ['case', { coupon: [{ 'equals-ignore-case': 'x' }] }, '{ readonly coupon: string }'],
    ['prefix and case', { coupon: [{ prefix: { 'equals-ignore-case': 'x' } }] }, '{ readonly coupon: string }'],
    ['a prefix that ends in a quote', { coupon: [{ prefix: 'a"' }] }, '{ readonly coupon: string }'],
    ['a suffix that starts with a quote', { coupon: [{ suffix: '"a' }] }, '{ readonly coupon: string }'],
    ['prefix of listed values', { market: [{ prefix: 'e' }] }, "{ readonly market: 'eu' }"],
    ['suffix of listed values', { market: [{ suffix: 'u' }] }, "{ readonly market: 'eu' | 'ru' }"],
    ['case of listed values', { market: [{ 'equals-ignore-case': 'EU' }] }, "{ readonly market: 'eu' }"],
    ['alternatives', { coupon: ['x', { prefix: 'y' }] }, "{ readonly coupon: 'x' | `y${string}` }"],
  ])('texts: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['numeric leaves numbers', { mixed: [{ numeric: ['>', 5] }] }, '{ readonly mixed: number }'],
    ['numeric of a required number', { total: [{ numeric: ['>', 5] }] }, null],
    ['numeric equality', { total: [{ numeric: ['=', 5] }] }, '{ readonly total: 5 }'],
    ['numeric of listed values', { level: [{ numeric: ['>', 1] }] }, '{ readonly level: 2 | 3 }'],
    ['cidr leaves strings', { mixed: [{ cidr: '10.0.0.0/24' }] }, '{ readonly mixed: string }'],
    [
      'mixed',
      { mixed: [{ numeric: ['<', 5] }, { prefix: 'x' }, null] },
      '{ readonly mixed: `x${string}` | number | null }',
    ],
  ])('kinds: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['an array is only there', { tags: ['vip'] }, '{ readonly tags: readonly string[] }'],
    ['of which none are left out', { gifts: [{ exists: true }] }, '{ readonly gifts: {} }'],
    ['of objects beside a string', { hints: ['x'] }, "{ readonly hints: 'x' | readonly unknown[] }"],
    ['beside an array a string narrows', { label: ['x'] }, "{ readonly label: 'x' | readonly unknown[] }"],
    ['what may be anything is only there', { open: ['x'] }, '{ readonly open: {} | null }'],
    ['elements do not narrow', { lines: { sku: ['x'] } }, '{ readonly lines: readonly TLine[] }'],
  ])('arrays: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['a field', { customer: { tier: ['gold'] } }, "{ readonly customer: { readonly tier: 'gold' } }"],
    [
      'an optional object becomes required',
      { address: { city: ['Ulm'] } },
      "{ readonly address: { readonly city: 'Ulm' } }",
    ],
    [
      'an absent field',
      { customer: { name: [{ exists: false }] } },
      '{ readonly customer: { readonly name?: undefined } }',
    ],
    [
      'an absent field of what may be null',
      { address: { city: [{ exists: false }] } },
      '{ readonly address?: { readonly city?: undefined } | null | undefined }',
    ],
    ['a key with dots', { 'customer.tier': ['gold'] }, "{ readonly customer: { readonly tier: 'gold' } }"],
    ['a field that a key with dots may stand for', { a: { b: ['x'] } }, null],
    [
      'a value of a map',
      { prices: { two: [{ exists: true }] } },
      '{ readonly prices: { readonly two: number | string } }',
    ],
    ['a map, which may have any key with dots', { prices: { two: { three: ['x'] } } }, '{ readonly prices: TPrices }'],
    ['a field of a scalar', { market: { name: ['x'] } }, 'never'],
    ['a field called __proto__', JSON.parse('{"__proto__":["x"]}'), null],
    ['a field called constructor', JSON.parse('{"constructor":["x"]}'), "{ readonly 'constructor': {} | null }"],
  ])('nested objects: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    [
      'each narrows',
      { $or: [{ market: ['eu'] }, { gift: [true] }] },
      "({ readonly market: 'eu' } | { readonly gift: true })",
    ],
    [
      'what all have in common stands once',
      { total: [1], $or: [{ market: ['eu'] }, { gift: [true] }] },
      "{ readonly total: 1 } & ({ readonly market: 'eu' } | { readonly gift: true })",
    ],
    ['one says nothing', { $or: [{ market: ['eu'] }, { total: [{ numeric: ['>', 1] }] }] }, null],
    ['one matches nothing', { $or: [{ market: ['mars'] }, { market: ['eu'] }] }, "{ readonly market: 'eu' }"],
    ['of one field', { $or: [{ market: ['eu'] }, { market: ['us'] }] }, "{ readonly market: 'eu' | 'us' }"],
    [
      'of one nested field',
      { $or: [{ customer: { tier: ['gold'] } }, { customer: { name: ['A'], tier: ['gold'] } }] },
      "{ readonly customer: { readonly tier: 'gold' } }",
    ],
    [
      'nested',
      { customer: { $or: [{ tier: ['gold'] }, { name: ['Ada'] }] } },
      "{ readonly customer: { readonly tier: 'gold' } | { readonly name: 'Ada' } }",
    ],
    ['a field of that name', { $or: ['x', 'y'] }, "{ readonly $or: 'x' | 'y' }"],
  ])('$or: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });

  it.each<[string, EventPattern, string | null]>([
    ['a value', { method: { type: ['card'] } }, '{ readonly method: TMethodCard }'],
    [
      'anything but',
      { method: { type: [{ 'anything-but': 'card' }] } },
      '{ readonly method: TMethodBank | TMethodCash }',
    ],
    ['prefix', { method: { type: [{ prefix: 'ca' }] } }, '{ readonly method: TMethodCard | TMethodCash }'],
    [
      'a field of one of them',
      { method: { cardNumber: [{ exists: true }] } },
      '{ readonly method: TMethodCard & { readonly cardNumber: string } }',
    ],
    [
      'a field that one of them has not',
      { method: { cardNumber: [{ exists: false }] } },
      '{ readonly method?: (TMethodCard & { readonly cardNumber?: undefined }) | TMethodBank | TMethodCash | undefined }',
    ],
    ['all of them', { method: { type: [{ exists: true }] } }, '{ readonly method: TMethod }'],
  ])('alternatives of a field: %s', (_, filter, expected) => {
    expect(ofOrder(filter)).toBe(expected);
  });
});

describe('narrow a union', () => {
  const payment = {
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'code'],
        properties: { status: { const: 'approved' }, code: text, note: text, total: { type: 'number' } },
      },
      {
        type: 'object',
        required: ['status'],
        properties: { status: { const: 'declined' }, reason: text, note: text },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'since'],
        properties: { status: { const: 'pending' }, since: { type: 'number' } },
      },
    ],
  };

  it.each<[string, EventPattern, string | null]>([
    ['a value selects', { status: ['approved'] }, 'TApproved'],
    ['anything-but selects', { status: [{ 'anything-but': 'approved' }] }, 'TDeclined | TPending'],
    ['a prefix selects', { status: [{ prefix: 'p' }] }, 'TPending'],
    [
      'a numeric condition selects',
      { since: [{ numeric: ['>', 1] }], status: [{ 'anything-but': 'declined' }] },
      'TPending',
    ],
    // Objects that are declined may have a property `code` of any kind.
    [
      'what is open may have a field',
      { code: [{ exists: true }] },
      'TApproved | (TDeclined & { readonly code: {} | null })',
    ],
    ['what is closed may not', { since: [{ exists: false }], status: [{ 'anything-but': 'declined' }] }, 'TApproved'],
    ['what is narrowed alike stands together', { note: ['x'] }, "(TApproved | TDeclined) & { readonly note: 'x' }"],
    [
      '$or',
      { $or: [{ status: ['approved'] }, { status: ['declined'], note: [{ exists: true }] }] },
      'TApproved | (TDeclined & { readonly note: string })',
    ],
    ['all of them by $or', { $or: [{ status: ['approved', 'declined'] }, { status: ['pending'] }] }, null],
    ['none of them', { status: ['lost'] }, 'never'],
  ])('%s', (_, filter, expected) => {
    expect(narrowed(payment, filter)).toBe(expected);
  });

  it('sees through references and allOf', () => {
    const schema = {
      oneOf: [{ $ref: '#/definitions/approved' }, { allOf: [{ $ref: '#/definitions/declined' }] }],
      definitions: { approved: payment.oneOf[0], declined: payment.oneOf[1] },
    };
    expect(narrowed(schema, { status: ['declined'] })).toBe('TDeclined');
  });

  it('selects by the names of parts where alternatives share properties', () => {
    const kind = (value: string): object => ({
      required: ['kind'],
      properties: { kind: { const: value }, [value]: text },
    });
    const schema = { type: 'object', properties: { id: text }, required: ['id'], oneOf: [kind('a'), kind('b')] };
    expect(narrowed(schema, { kind: ['a'] })).toBe('T & TA');
    expect(narrowed(schema, { kind: ['a'], id: ['x'] })).toBe("T & TA & { readonly id: 'x' }");
  });

  it('tells alternatives without names apart by their properties', () => {
    const value = (type: string): object => ({ type: 'object', required: ['v'], properties: { v: { type }, w: text } });
    const schema = {
      type: 'object',
      required: ['p'],
      properties: { p: { oneOf: [value('string'), value('number')] } },
    };
    expect(narrowed(schema, { p: { v: [{ numeric: ['>', 1] }] } })).toBe('T & { readonly p: { readonly v: number } }');
  });
});

describe('narrow for several filters', () => {
  it('takes what any of them lets through', () => {
    expect(narrowed(order, { market: ['eu'] }, { market: ['us'] })).toBe("T & { readonly market: 'eu' | 'us' }");
    expect(narrowed(order, { market: ['eu'] }, { gift: [true] })).toBe(
      "T & ({ readonly market: 'eu' } | { readonly gift: true })",
    );
  });

  it('does not narrow when one of them lets everything through', () => {
    expect(narrowed(order, { market: ['eu'] }, null)).toBeNull();
  });
});

describe('narrow stays small', () => {
  it('says of a wide $or what all alternatives have in common', () => {
    const alternatives = Array.from({ length: 12 }, (_, index) => ({ [`f${index}`]: ['x'], total: [index] }));
    expect(ofOrder({ $or: alternatives })).toBe('{ readonly total: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 }');
  });

  it('leaves out long lists of values, and what lies deep', () => {
    expect(ofOrder({ coupon: Array.from({ length: 101 }, (_, index) => `c${index}`) })).toBe(
      '{ readonly coupon: string }',
    );
    const deep = (levels: number): EventPattern => (levels === 0 ? { leaf: ['x'] } : { below: deep(levels - 1) });
    const tree = { type: 'object', properties: { below: { $ref: '#' }, leaf: text } };
    expect(narrowed(tree, deep(2))).toBe("T & { readonly below: { readonly below: { readonly leaf: 'x' } } }");
    expect(narrowed(tree, deep(40))).toBeNull();
  });

  it('keeps the name of a union of which dozens of alternatives are left', () => {
    const kinds = Array.from({ length: 40 }, (_, index) => method(`kind${index}`));
    expect(narrowed({ oneOf: kinds }, { type: [{ 'anything-but': 'kind7' }] })).toBeNull();
    expect(narrowed({ oneOf: kinds }, { type: ['kind7'] })).toBe('TKind7');
  });

  it('is quick with hundreds of alternatives, and gives up on thousands', () => {
    const some = Array.from({ length: 9 }, (_, index) => ({ [`f${index}`]: ['x'] }));
    const filter: EventPattern = { gift: [true], x: { $or: some }, y: { $or: some }, z: { $or: some } };
    expect(ofOrder(filter)).toContain('readonly gift: true');
    const kinds = Array.from({ length: 10 }, (_, index) => method(`kind${index}`));
    expect(narrowed({ oneOf: kinds }, { type: [{ prefix: 'kind' }] })).toBeNull();
    expect(narrowed({ oneOf: kinds }, { ...filter, type: ['kind1'] })).toBeNull();
  });

  it('is quick with schemas that refer to each other many times', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `d${index}`,
        { type: 'object', allOf: [{ $ref: `#/definitions/d${index + 1}` }, { $ref: `#/definitions/d${index + 1}` }] },
      ]),
    );
    const payload = {
      $ref: '#/definitions/d0',
      definitions: { ...definitions, d40: { type: 'object', properties: { a: text } } },
    };
    const types = [
      { name: 'T', type: { kind: 'object', properties: [], index: null, isClosed: false }, doc: noDoc },
    ] as const;
    expect(narrow({ types, payload }, [{ a: ['x'] }])).not.toBeNull();
  });
});

const noDoc = { description: null, facts: [], examples: [], deprecated: false } as const;

it('leaves a filter that the engine refuses to its diagnostic', () => {
  expect(narrowed(order, {})).toBeNull();
  expect(narrowed(order, { market: [] })).toBeNull();
});

it('does not narrow a payload that may be something else than an object', () => {
  expect(narrowed({ type: ['object', 'array'], properties: { a: text } }, { a: ['x'] })).toBeNull();
  expect(narrowed({}, { a: ['x'] })).toBeNull();
});

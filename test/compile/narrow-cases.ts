import type { EventPattern, JsonValue } from '@eventloom/engine';

/** A filter on {@link narrowSchema}, with payloads that pass it, and payloads that it refuses and so does the type. */
export interface NarrowCase {
  readonly name: string;
  readonly filter: EventPattern;
  readonly fits: readonly { readonly [key: string]: JsonValue }[];
  readonly fails: readonly { readonly [key: string]: JsonValue }[];
}

const text = { type: 'string' };

function variant(kind: string, properties: object, required: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['kind', ...required],
    properties: { kind: { const: kind }, ...properties },
  };
}

/** A field for each way in which operators meet types; all of them optional but `id`. */
export const narrowSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: text,
    market: { enum: ['eu', 'us', 'ru'] },
    level: { enum: [1, 2, 3, 'top', null, true] },
    text,
    note: { type: ['string', 'null'] },
    mixed: { type: ['string', 'number', 'null'] },
    flag: { type: 'boolean' },
    tags: { type: 'array', items: text },
    label: { type: ['string', 'array'], items: text },
    customer: { type: 'object', properties: { tier: { enum: ['gold', 'silver'] }, name: text } },
    address: { type: ['object', 'null'], required: ['city'], properties: { city: text, zip: text } },
    method: {
      oneOf: [
        variant('card', { last4: text, brand: { enum: ['visa', 'amex'] } }, ['last4']),
        variant('bank', { iban: text }, ['iban']),
        variant('cash', { note: text }),
      ],
    },
    lines: { type: 'array', items: { type: 'object', properties: { sku: text } } },
  },
};

const id = 'i';
const card = { kind: 'card', last4: '4242' };
const bank = { kind: 'bank', iban: 'DE1' };
const cash = { kind: 'cash' };

export const narrowCases: readonly NarrowCase[] = [
  {
    name: 'exact',
    filter: { market: ['ru', 'us'] },
    fits: [
      { id, market: 'ru' },
      { id, market: 'us', text: 'x' },
    ],
    fails: [{ id }, { id, market: 'eu' }],
  },
  {
    name: 'exact of an open string',
    filter: { text: ['x', ''] },
    fits: [
      { id, text: 'x' },
      { id, text: '' },
    ],
    fails: [{ id }, { id, text: 'y' }],
  },
  {
    name: 'exact null and boolean',
    filter: { note: [null], flag: [true] },
    fits: [{ id, note: null, flag: true }],
    fails: [
      { id, note: null, flag: false },
      { id, note: 'x', flag: true },
      { id, flag: true },
    ],
  },
  {
    name: 'exact that is an address',
    filter: { text: ['2001:db8::1'] },
    fits: [
      { id, text: '2001:db8::1' },
      { id, text: '2001:DB8:0::1' },
    ],
    fails: [{ id }],
  },
  {
    name: 'anything-but of listed values',
    filter: { level: [{ 'anything-but': [1, 2] }] },
    fits: [
      { id, level: 3 },
      { id, level: 'top' },
      { id, level: null },
      { id, level: true },
    ],
    fails: [{ id }, { id, level: 1 }],
  },
  {
    name: 'anything-but of any string',
    filter: { note: [{ 'anything-but': 'x' }] },
    fits: [
      { id, note: 'y' },
      { id, note: null },
    ],
    fails: [{ id }],
  },
  {
    name: 'anything-but prefix',
    filter: { market: [{ 'anything-but': { prefix: 'e' } }] },
    fits: [{ id, market: 'us' }],
    fails: [{ id }, { id, market: 'eu' }],
  },
  {
    name: 'anything-but suffix',
    filter: { market: [{ 'anything-but': { suffix: ['s', 'x'] } }] },
    fits: [
      { id, market: 'eu' },
      { id, market: 'ru' },
    ],
    fails: [{ id, market: 'us' }],
  },
  {
    name: 'anything-but equals-ignore-case',
    filter: { market: [{ 'anything-but': { 'equals-ignore-case': 'EU' } }] },
    fits: [{ id, market: 'us' }],
    fails: [{ id, market: 'eu' }],
  },
  {
    name: 'anything-but wildcard',
    filter: { level: [{ 'anything-but': { wildcard: 't*p' } }] },
    fits: [
      { id, level: 1 },
      { id, level: null },
    ],
    fails: [{ id, level: 'top' }, { id }],
  },
  {
    name: 'exists true',
    filter: { text: [{ exists: true }], note: [{ exists: true }] },
    fits: [{ id, text: '', note: null }],
    fails: [
      { id, text: 'x' },
      { id, note: 'x' },
    ],
  },
  {
    name: 'exists true of an object or array',
    filter: { label: [{ exists: true }] },
    fits: [
      { id, label: 'x' },
      { id, label: ['x'] },
    ],
    fails: [{ id }],
  },
  {
    name: 'exists false',
    filter: { text: [{ exists: false }], level: [{ exists: false }] },
    fits: [{ id }, { id, note: 'x' }],
    fails: [
      { id, text: 'x' },
      { id, level: null },
    ],
  },
  {
    name: 'exists false of what may be empty',
    filter: { tags: [{ exists: false }], label: [{ exists: false }] },
    fits: [{ id }, { id, tags: [] }, { id, label: [] }],
    fails: [{ id, label: 'x' }],
  },
  {
    name: 'prefix',
    filter: { text: [{ prefix: 'ord_' }] },
    fits: [
      { id, text: 'ord_' },
      { id, text: 'ord_1`${' },
    ],
    fails: [{ id }, { id, text: 'rd_1' }],
  },
  {
    name: 'prefix of odd text',
    filter: { text: [{ prefix: '`${a}\\\n' }] },
    fits: [{ id, text: '`${a}\\\nb' }],
    fails: [{ id, text: '`a\\\nb' }],
  },
  {
    name: 'prefix that ends in a quote',
    filter: { text: [{ prefix: 'a"' }] },
    fits: [
      { id, text: 'a"b' },
      { id, text: 'a' },
    ],
    fails: [{ id }],
  },
  {
    name: 'suffix',
    filter: { text: [{ suffix: '.eu' }] },
    fits: [
      { id, text: '.eu' },
      { id, text: 'a.eu' },
    ],
    fails: [{ id, text: '.eu.' }],
  },
  {
    name: 'suffix that starts with a quote',
    filter: { text: [{ suffix: '"a' }] },
    fits: [
      { id, text: 'b"a' },
      { id, text: 'a' },
    ],
    fails: [{ id }],
  },
  {
    name: 'equals-ignore-case, alone, of prefixes and of suffixes',
    filter: {
      market: [{ 'equals-ignore-case': 'EU' }, { prefix: { 'equals-ignore-case': 'U' } }],
      text: [{ suffix: { 'equals-ignore-case': 'X' } }],
    },
    fits: [
      { id, market: 'eu', text: 'x' },
      { id, market: 'us', text: 'aX' },
    ],
    fails: [
      { id, market: 'ru', text: 'x' },
      { id, market: 'eu' },
    ],
  },
  {
    name: 'wildcard',
    filter: { text: [{ wildcard: 'a*b*c' }, { wildcard: '\\**' }] },
    fits: [
      { id, text: 'abc' },
      { id, text: 'axbxbxc' },
      { id, text: '*' },
      { id, text: '*x' },
    ],
    fails: [
      { id, text: 'ac' },
      { id, text: 'abcd' },
      { id, text: 'x' },
    ],
  },
  {
    name: 'numeric',
    filter: { mixed: [{ numeric: ['>', 0, '<=', 5] }], level: [{ numeric: ['>=', 2] }] },
    fits: [
      { id, mixed: 1, level: 2 },
      { id, mixed: 5, level: 3 },
    ],
    fails: [
      { id, mixed: 'x', level: 2 },
      { id, mixed: null, level: 2 },
      { id, mixed: 1, level: 1 },
      { id, mixed: 1, level: 'top' },
    ],
  },
  {
    name: 'numeric equality',
    filter: { mixed: [{ numeric: ['=', 5] }] },
    fits: [{ id, mixed: 5 }],
    fails: [
      { id, mixed: 6 },
      { id, mixed: '5' },
    ],
  },
  {
    name: 'cidr',
    filter: { mixed: [{ cidr: '10.0.0.0/24' }] },
    fits: [{ id, mixed: '10.0.0.9' }],
    fails: [{ id, mixed: 1 }, { id, mixed: null }, { id }],
  },
  {
    name: 'several conditions of a field',
    filter: { mixed: ['x', { prefix: 'y' }, { numeric: ['<', 0] }, { exists: false }] },
    fits: [{ id }, { id, mixed: 'x' }, { id, mixed: 'yy' }, { id, mixed: -1 }],
    fails: [
      { id, mixed: 'z' },
      { id, mixed: null },
    ],
  },
  {
    name: 'arrays',
    filter: { tags: ['vip'], label: ['x'], lines: { sku: ['a'] } },
    fits: [
      { id, tags: ['vip', 'new'], label: 'x', lines: [{ sku: 'a' }, { sku: 'b' }] },
      { id, tags: ['vip'], label: ['y', 'x'], lines: [{ sku: 'a' }, {}] },
    ],
    fails: [
      { id, tags: ['vip'], label: 'y', lines: [{ sku: 'a' }] },
      { id, label: 'x', lines: [{ sku: 'a' }] },
    ],
  },
  {
    name: 'nested objects',
    filter: { customer: { tier: ['gold'] }, address: { zip: [{ prefix: '8' }] } },
    fits: [{ id, customer: { tier: 'gold', name: 'x' }, address: { city: 'Ulm', zip: '89073' } }],
    fails: [
      { id, customer: { tier: 'silver' }, address: { city: 'Ulm', zip: '89073' } },
      { id, customer: {}, address: { city: 'Ulm', zip: '89073' } },
      { id, customer: { tier: 'gold' }, address: null },
      { id, customer: { tier: 'gold' }, address: { city: 'Ulm', zip: '79073' } },
    ],
  },
  {
    name: 'absent below an object',
    filter: { address: { zip: [{ exists: false }] } },
    fits: [{ id }, { id, address: null }, { id, address: { city: 'Ulm' } }],
    fails: [{ id, address: { city: 'Ulm', zip: 'x' } }],
  },
  {
    name: 'discriminator',
    filter: { method: { kind: ['card'] } },
    fits: [{ id, method: card }],
    fails: [{ id, method: bank }, { id }],
  },
  {
    name: 'discriminator with anything-but',
    filter: { method: { kind: [{ 'anything-but': 'card' }] } },
    fits: [
      { id, method: bank },
      { id, method: cash },
    ],
    fails: [{ id, method: card }],
  },
  {
    name: 'a field that only one alternative has',
    filter: { method: { iban: [{ exists: true }] } },
    fits: [{ id, method: bank }],
    fails: [
      { id, method: card },
      { id, method: cash },
    ],
  },
  {
    name: '$or',
    filter: { $or: [{ market: ['eu'] }, { method: { kind: ['cash'] }, text: [{ exists: true }] }] },
    fits: [
      { id, market: 'eu' },
      { id, market: 'us', method: cash, text: 'x' },
    ],
    fails: [{ id }, { id, market: 'us', method: cash }, { id, market: 'us', method: card, text: 'x' }],
  },
];

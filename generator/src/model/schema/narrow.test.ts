import { compilePattern, type EventPattern, type JsonValue, matchesPattern } from '@eventloom/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundles, hasType, schemas } from '../../../../test/support/schemas.ts';
import { printType } from '../../emit/print/type-expression.ts';
import type { JsonSchema } from '../event-model.ts';
import { findEndless } from './endless.ts';
import { narrow } from './narrow.ts';
import { findViolation } from './violation.ts';

function narrowed(payload: JsonSchema, filter: EventPattern): string | null {
  const type = narrow(payload, filter);
  return type === null ? null : printType(type);
}

const text = { type: 'string' };
const order = {
  type: 'object',
  required: ['market', 'total', 'customer'],
  properties: {
    market: { enum: ['eu', 'us', 'ru'] },
    total: { type: 'number' },
    gift: { type: 'boolean' },
    coupon: { type: ['string', 'null'] },
    tags: { type: 'array', items: text },
    label: { type: ['string', 'array'] },
    open: {},
    customer: { type: 'object', properties: { tier: { enum: ['gold', 'silver'] }, name: text } },
    address: { type: ['object', 'null'], properties: { city: text } },
    lines: { type: 'array', items: { type: 'object', properties: { sku: text } } },
    'a.b': text,
    a: { type: 'object', properties: { b: text } },
    $or: text,
  },
} as const;

describe('narrow', () => {
  it.each<[string, EventPattern, string | null]>([
    ['one value', { market: ['ru'] }, "{ readonly market: 'ru' }"],
    ['several values', { market: ['eu', 'us'] }, "{ readonly market: 'eu' | 'us' }"],
    ['values the field cannot have are left out', { market: ['eu', 'mars'] }, "{ readonly market: 'eu' }"],
    ['numbers and booleans', { total: [5], gift: [true] }, '{ readonly total: 5; readonly gift: true }'],
    ['null is a value', { coupon: ['x', null] }, "{ readonly coupon: 'x' | null }"],
    ['exists makes an optional field required', { coupon: [{ exists: true }] }, '{ readonly coupon: {} | null }'],
    ['exists of a required field says nothing', { market: [{ exists: true }] }, null],
    ['exists false takes the field away', { coupon: [{ exists: false }] }, '{ readonly coupon?: undefined }'],
    ['a value or absent', { coupon: ['x', { exists: false }] }, "{ readonly coupon?: 'x' | undefined }"],
    ['exists true or false says nothing', { coupon: [{ exists: true }, { exists: false }] }, null],
    ['a value beside exists is any value', { coupon: ['x', { exists: true }] }, '{ readonly coupon: {} | null }'],
    ['an array only is there', { tags: ['vip'] }, '{ readonly tags: {} | null }'],
    ['what may be an array only is there', { label: ['x'] }, '{ readonly label: {} | null }'],
    ['what may be anything only is there', { open: ['x'] }, '{ readonly open: {} | null }'],
    [
      'what may be an object or an array may be there although it does not exist',
      { tags: [{ exists: false }], open: [{ exists: false }] },
      null,
    ],
    ['a nested field', { customer: { tier: ['gold'] } }, "{ readonly customer: { readonly tier: 'gold' } }"],
    [
      'a nested optional object becomes required',
      { address: { city: ['Ulm'] } },
      "{ readonly address: { readonly city: 'Ulm' } }",
    ],
    [
      'a nested absent field',
      { customer: { name: [{ exists: false }] } },
      '{ readonly customer?: { readonly name?: undefined } | undefined }',
    ],
    ['a nested absent field of what may be null', { address: { city: [{ exists: false }] } }, null],
    ['elements of an array do not narrow', { lines: { sku: ['x'] } }, null],
    [
      'addresses are compared by meaning',
      { customer: { name: ['10.0.0.1'] } },
      '{ readonly customer: { readonly name: {} | null } }',
    ],
    ['other operators do not narrow yet', { total: [{ numeric: ['>', 5] }] }, null],
    ['nor do they hinder others', { total: [{ numeric: ['>', 5] }], market: ['eu'] }, "{ readonly market: 'eu' }"],
    ['a value beside another operator', { coupon: ['x', { prefix: 'y' }] }, null],
    ['a key with dots', { 'customer.tier': ['gold'] }, null],
    ['a field that a key with dots may stand for', { a: { b: ['x'] } }, null],
    ['an undeclared field is there', { other: ['x'] }, '{ readonly other: {} | null }'],
    ['$or', { $or: [{ market: ['eu'] }, { gift: [true] }] }, "{ readonly market: 'eu' } | { readonly gift: true }"],
    [
      '$or beside other fields',
      { total: [1], $or: [{ market: ['eu'] }, { gift: [true] }] },
      "{ readonly total: 1 } & ({ readonly market: 'eu' } | { readonly gift: true })",
    ],
    ['$or of which one says nothing', { $or: [{ market: ['eu'] }, { total: [{ numeric: ['>', 1] }] }] }, null],
    [
      'nested $or',
      { customer: { $or: [{ tier: ['gold'] }, { name: ['Ada'] }] } },
      "{ readonly customer: { readonly tier: 'gold' } | { readonly name: 'Ada' } }",
    ],
    ['a field called $or', { $or: ['x', 'y'] }, "{ readonly $or: 'x' | 'y' }"],
    ['nothing', {}, null],
  ])('%s', (_, filter, expected) => {
    expect(narrowed(order, filter)).toBe(expected);
  });

  it('sees through references, allOf and unions', () => {
    const payment = {
      oneOf: [{ $ref: '#/definitions/approved' }, { allOf: [{ $ref: '#/definitions/declined' }] }],
      definitions: {
        approved: { type: 'object', required: ['status'], properties: { status: { const: 'approved' }, code: text } },
        declined: {
          type: 'object',
          required: ['status'],
          properties: { status: { const: 'declined' }, tags: { type: 'array' } },
        },
      },
    };
    expect(narrowed(payment, { status: ['approved'] })).toBe("{ readonly status: 'approved' }");
    // Objects that are declined may have a property `code` of any kind.
    expect(narrowed(payment, { code: ['x'] })).toBe('{ readonly code: {} | null }');
  });

  it('leaves out alternatives that the filter cannot match', () => {
    const branch = (status: string, more: object): object => ({
      type: 'object',
      required: ['status'],
      properties: { status: { const: status }, ...more },
    });
    const payment = { oneOf: [branch('approved', { market: { enum: ['eu', 'us'] } }), branch('declined', {})] };
    expect(narrowed(payment, { market: ['eu'] })).toBe('{ readonly market: {} | null }');
    expect(narrowed(payment, { status: ['approved'], market: ['eu'] })).toBe(
      "{ readonly status: 'approved'; readonly market: 'eu' }",
    );
  });

  it('does not narrow a payload that may be an array', () => {
    expect(narrowed({ properties: { a: text } }, { a: ['x'] })).toBeNull();
  });

  it('takes names of any spelling for data', () => {
    const payload = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
    );
    expect(narrowed(payload, JSON.parse('{"__proto__":["x"]}'))).toBeNull();
    expect(narrowed(payload, JSON.parse('{"constructor":["x"]}'))).toBe("{ readonly 'constructor': 'x' }");
    expect(narrowed({ type: 'object' }, JSON.parse('{"toString":["x"]}'))).toBe('{ readonly toString: {} | null }');
  });

  it('gives a type that every valid payload has that the filter matches', () => {
    const leaf = fc.uniqueArray(
      fc.constantFrom<JsonValue>('x', 'eu', 1, true, null, { exists: true }, { exists: false }, { prefix: 'x' }),
      {
        minLength: 1,
        maxLength: 3,
        selector: (item) => JSON.stringify(item),
      },
    );
    const key = fc.constantFrom('a', 'b', 'c', 'kind');
    const fields = fc.dictionary(
      key,
      fc.oneof({ arbitrary: leaf, weight: 3 }, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 2 })),
      { minKeys: 1, maxKeys: 2 },
    );
    const filters = fc
      .oneof({ arbitrary: fields, weight: 3 }, fc.record({ $or: fc.tuple(fields, fields) }))
      .map((filter): EventPattern => JSON.parse(JSON.stringify(filter)));
    const scalar = fc.constantFrom<JsonValue>('x', 'x', 'eu', 1, true, null);
    const member = fc.oneof(
      { arbitrary: scalar, weight: 4 },
      fc.array(scalar, { maxLength: 2 }),
      fc.dictionary(key, scalar, { maxKeys: 2 }),
    );
    const payloads = fc
      .dictionary(key, member, { maxKeys: 4 })
      .map((payload): JsonValue => JSON.parse(JSON.stringify(payload)));
    const object = fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(key, schemas),
        required: fc.uniqueArray(key, { maxLength: 2 }),
      },
      { requiredKeys: ['properties'] },
    );
    const payloadSchemas = fc
      .oneof(
        object,
        fc.record({ oneOf: fc.tuple(object, object) }),
        fc.record({ allOf: fc.tuple(object, object) }),
        bundles,
      )
      .map(
        (schema): JsonSchema =>
          JSON.parse(JSON.stringify({ definitions: { d0: { type: 'string' }, d1: { type: 'array' } }, ...schema })),
      );
    let matched = 0;
    fc.assert(
      fc.property(
        payloadSchemas,
        filters,
        fc.array(payloads, { minLength: 40, maxLength: 40 }),
        (schema, filter, samples) => {
          const compiled = compilePattern(filter);
          fc.pre(compiled.ok && findEndless(schema).length === 0);
          const type = narrow(schema, filter);
          if (type === null || !compiled.ok) return;
          for (const value of samples) {
            if (!matchesPattern(compiled.pattern, value) || findViolation(schema, schema, value) !== null) continue;
            matched += 1;
            expect(hasType(value, type, new Map())).toBe(true);
          }
        },
      ),
      { seed: 5, numRuns: 2000 },
    );
    expect(matched).toBeGreaterThan(700);
  });
});

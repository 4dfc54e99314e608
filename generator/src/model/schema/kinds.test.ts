import { describe, expect, it } from 'vitest';
import { canBeOnlyObjects } from './kinds.ts';

describe('canBeOnlyObjects', () => {
  it.each([
    [{ type: 'object' }],
    [{ const: {} }],
    [{ enum: [{ a: 1 }, { a: 2 }] }],
    [{ allOf: [{ properties: {} }, { type: 'object' }] }],
    [{ oneOf: [{ $ref: '#/definitions/a' }, { type: 'object' }], definitions: { a: { type: 'object' } } }],
    [{ type: ['object', 'null'], not: { type: 'null' } }],
    [false as const],
  ])('says yes to %j', (schema) => {
    expect(canBeOnlyObjects(schema)).toBe(true);
  });

  it.each([
    [true as const],
    [{}],
    [{ properties: { a: {} } }],
    [{ type: ['object', 'null'] }],
    [{ type: 'object', nullable: true }],
    [{ enum: [{}, 1] }],
    [{ anyOf: [{ type: 'object' }, { type: 'array' }] }],
    [{ not: { type: 'string' } }],
    [{ type: ['object', 'null'], not: { type: 'null', description: 'never', minimum: 1 } }],
  ])('says no to %j', (schema) => {
    expect(canBeOnlyObjects(schema)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { pointerFacts } from './pointer-facts.ts';

const approved = {
  type: 'object',
  required: ['orderId', 'code'],
  properties: { orderId: { type: 'string' } },
} as const;
const declined = { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } } as const;

describe('a field is required', () => {
  it.each(['oneOf', 'anyOf'])('where every branch of %s requires it', (keyword) => {
    expect(pointerFacts({ [keyword]: [approved, declined] }, ['orderId']).isRequired).toBe(true);
  });

  it('where one part of allOf requires it', () => {
    expect(pointerFacts({ allOf: [declined, { type: 'object' }] }, ['orderId']).isRequired).toBe(true);
  });

  it('not where a branch does without', () => {
    const branches = [approved, { ...declined, required: [] }];
    expect(pointerFacts({ oneOf: branches }, ['orderId']).isRequired).toBe(false);
  });

  it('not where a schema refers to itself for ever', () => {
    expect(pointerFacts({ oneOf: [{ $ref: '#' }] }, ['orderId']).isRequired).toBe(false);
  });
});

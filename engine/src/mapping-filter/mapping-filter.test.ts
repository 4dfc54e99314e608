import { describe, expect, it } from 'vitest';
import { compileMappingFilter, matchesMappingFilter } from './mapping-filter.ts';

function matches(filter: unknown, body: string): boolean {
  const result = compileMappingFilter(filter);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return matchesMappingFilter(result.filter, { body });
}

function pointersOf(filter: unknown): readonly string[] {
  const result = compileMappingFilter(filter);
  return result.ok ? [] : result.errors.map(({ pointer }) => pointer);
}

describe('mapping filters', () => {
  it('look at the parsed body', () => {
    const filter = { body: { total: [{ numeric: ['>', 5] }], market: [{ prefix: 'e' }] } };
    expect(matches(filter, '{ "total": 6, "market": "eu" }')).toBe(true);
    expect(matches(filter, '{ "total": 5, "market": "eu" }')).toBe(false);
  });

  it('for JSON never match a body that is none', () => {
    expect(matches({ body: { a: [{ exists: false }] } }, 'plain text')).toBe(false);
    expect(matches({ body: { a: [{ exists: false }] } }, '{}')).toBe(true);
  });

  it('for text match a plain body only', () => {
    expect(matches({ body: ['plain text', { prefix: '{' }] }, 'plain text')).toBe(true);
    expect(matches({ body: ['plain text', { prefix: '{' }] }, '{}')).toBe(false);
  });

  it('know $or, at the root too', () => {
    const filter = { $or: [{ body: { a: [1] } }, { body: { b: [2] } }] };
    expect(matches(filter, '{ "b": 2 }')).toBe(true);
    expect(matches(filter, '{ "b": 1 }')).toBe(false);
    expect(matches({ body: { $or: [{ a: [1] }, { b: [2] }] } }, '{ "a": 1 }')).toBe(true);
  });

  it('refuse fields beside the body', () => {
    expect(pointersOf({ body: { a: [1] }, messageId: ['x'] })).toEqual(['/messageId']);
    expect(pointersOf({ $or: [{ body: { a: [1] } }, { attributes: { b: ['x'] } }] })).toEqual(['/$or/1/attributes']);
  });

  it.each([
    { wildcard: 'a*' },
    { cidr: '10.0.0.0/8' },
    { 'anything-but': { prefix: 'a' } },
    { prefix: { 'equals-ignore-case': 'a' } },
  ])('refuse %j, which Lambda does not support', (condition) => {
    expect(pointersOf({ body: { a: [condition] } })).toHaveLength(1);
  });
});

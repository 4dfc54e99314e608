import { describe, expect, it } from 'vitest';
import { compileFilterPolicy } from './compile-filter-policy.ts';
import { type FilterableAttribute, matchesFilterPolicy } from './match-filter-policy.ts';
import { type FilterPolicyScope, filterPolicyCombinations, filterPolicyKeys } from './policy-size.ts';

function compile(policy: unknown, scope: FilterPolicyScope) {
  const result = compileFilterPolicy(policy, scope);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.policy;
}

function matchesBody(policy: unknown, body: unknown): boolean {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return matchesFilterPolicy(compile(policy, 'MessageBody'), { body: text, attributes: new Map() });
}

type Attributes = Readonly<Record<string, readonly [dataType: string, stringValue: string | null]>>;

function matchesAttributes(policy: unknown, attributes: Attributes): boolean {
  const entries = Object.entries(attributes).map(([name, [dataType, stringValue]]): [string, FilterableAttribute] => [
    name,
    { dataType, stringValue },
  ]);
  return matchesFilterPolicy(compile(policy, 'MessageAttributes'), { body: '', attributes: new Map(entries) });
}

function errorsOf(policy: unknown, scope: FilterPolicyScope = 'MessageBody') {
  const result = compileFilterPolicy(policy, scope);
  return result.ok ? [] : result.errors.map(({ pointer, limit }) => [pointer, limit]);
}

describe('compileFilterPolicy', () => {
  it.each([
    [{ wildcard: 'a*' }, '/a/0/wildcard'],
    [{ exactly: 'a' }, '/a/0/exactly'],
    [{ prefix: { 'equals-ignore-case': 'a' } }, '/a/0/prefix/equals-ignore-case'],
    [{ suffix: { 'equals-ignore-case': 'a' } }, '/a/0/suffix/equals-ignore-case'],
    [{ 'anything-but': { suffix: 'a' } }, '/a/0/anything-but/suffix'],
    [{ 'anything-but': { 'equals-ignore-case': 'a' } }, '/a/0/anything-but/equals-ignore-case'],
    [{ 'anything-but': { wildcard: 'a' } }, '/a/0/anything-but/wildcard'],
  ])('refuses %j, which SNS does not support', (condition, pointer) => {
    expect(errorsOf({ a: [condition] })).toEqual([[pointer, null]]);
  });

  it.each([
    ['exact values', ['a', 1, true, null]],
    ['text operators', [{ prefix: 'a' }, { suffix: 'a' }, { 'equals-ignore-case': 'a' }]],
    ['anything-but', [{ 'anything-but': 'a' }, { 'anything-but': [1, 2] }, { 'anything-but': { prefix: 'a' } }]],
    ['ranges', [{ numeric: ['>', 0, '<=', 5] }, { cidr: '10.0.0.0/24' }, { exists: false }]],
  ])('takes %s in both scopes', (_, conditions) => {
    expect(errorsOf({ a: conditions }, 'MessageBody')).toEqual([]);
    expect(errorsOf({ a: conditions }, 'MessageAttributes')).toEqual([]);
  });

  it('takes numbers within a thousand million and five digits after the point, wherever they stand', () => {
    expect(errorsOf({ a: [1e9, -1e9, 0.00001, { numeric: ['=', 1e9] }, { 'anything-but': [-1e9] }] })).toEqual([]);
    expect(errorsOf({ a: [1e9 + 1] })).toEqual([['/a/0', 'filterPolicyNumberMaximum']]);
    expect(errorsOf({ a: [{ numeric: ['>', -1e9 - 1] }] })).toEqual([['/a/0/numeric/1', 'filterPolicyNumberMinimum']]);
    expect(errorsOf({ a: [{ 'anything-but': [1, 0.000001] }] })).toEqual([
      ['/a/0/anything-but/1', 'filterPolicyNumberDecimals'],
    ]);
    expect(errorsOf({ a: [1.5e-7] })).toEqual([['/a/0', 'filterPolicyNumberDecimals']]);
  });

  it('refuses nested fields in attribute scope, also inside $or', () => {
    expect(errorsOf({ a: { b: ['x'] } })).toEqual([]);
    expect(errorsOf({ a: { b: ['x'] } }, 'MessageAttributes')).toEqual([['/a', null]]);
    const alternatives = { $or: [{ a: { b: ['x'] } }, { c: ['y'] }] };
    expect(errorsOf(alternatives, 'MessageAttributes')).toEqual([['/$or/0/a', null]]);
  });

  it('takes five keys and refuses six, counting those at the top', () => {
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, ['v']]));
    expect(errorsOf(keys(5))).toEqual([]);
    expect(errorsOf(keys(6))).toEqual([['', 'filterPolicyKeys']]);
    expect(errorsOf({ detail: keys(6) }, 'MessageBody')).toEqual([]);
    expect(filterPolicyKeys({ a: { b: [1], c: [2] }, $or: [{ d: [1] }, { e: [1] }] })).toBe(2);
  });

  it('takes 150 combinations and refuses 151', () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);
    for (const scope of ['MessageBody', 'MessageAttributes'] as const) {
      expect(errorsOf({ a: values(150) }, scope)).toEqual([]);
      expect(errorsOf({ a: values(151) }, scope)).toEqual([['', 'filterPolicyCombinations']]);
      expect(errorsOf({ a: values(16), b: values(10) }, scope)).toEqual([['', 'filterPolicyCombinations']]);
    }
    expect(errorsOf({ a: { b: values(75) } })).toEqual([]);
    expect(errorsOf({ a: { b: values(76) } })).toEqual([['', 'filterPolicyCombinations']]);
  });

  it('refuses more than 256 KB', () => {
    expect(errorsOf({ a: ['x'.repeat(262_144 - 10)] })).toEqual([]);
    expect(errorsOf({ a: ['é'.repeat(140_000)] })).toEqual([['', 'filterPolicyBytes']]);
  });

  it('tells errors of form and of size together', () => {
    expect(errorsOf({ a: [], b: ['x'], c: ['x'], d: ['x'], e: ['x'], f: [{ wildcard: '*' }] })).toEqual([
      ['/a', null],
      ['/f/0/wildcard', null],
      ['', 'filterPolicyKeys'],
    ]);
  });

  it('survives a policy nested without end', () => {
    let policy: object = { a: [1] };
    for (let level = 0; level < 100_000; level++) policy = { a: policy };
    expect(errorsOf(policy)).toEqual([[expect.any(String), 'eventDetailDepth']]);
  });
});

describe('filterPolicyCombinations', () => {
  it('multiplies values by depth in body scope, as the documentation computes it', () => {
    const policy = { key_a: { key_b: { key_c: [1, 2, 3, 4] } }, key_d: { key_e: [1, 2, 3] } };
    expect(filterPolicyCombinations(policy, 'MessageBody')).toBe(72);
  });

  it('multiplies values alone in attribute scope', () => {
    expect(filterPolicyCombinations({ a: [1, 2], b: [1, 2, 3] }, 'MessageAttributes')).toBe(6);
  });

  it('adds the alternatives of $or at their depth', () => {
    const policy = { a: [1, 2], b: { $or: [{ c: [1, 2, 3] }, { d: [1], e: [1, 2] }] } };
    expect(filterPolicyCombinations(policy, 'MessageBody')).toBe(2 * (3 * 2 + 1 * 2 * (2 * 2)));
  });
});

describe('matchesFilterPolicy in body scope', () => {
  it('compares nested fields, arrays element by element', () => {
    expect(matchesBody({ a: { b: ['x'] } }, { a: { b: ['w', 'x'] } })).toBe(true);
    expect(matchesBody({ a: { b: [{ 'anything-but': ['x'] }] } }, { a: { b: ['x', 'y'] } })).toBe(true);
    expect(matchesBody({ a: { b: [{ 'anything-but': ['x', 'y'] }] } }, { a: { b: ['x', 'y'] } })).toBe(false);
    expect(
      matchesBody(
        { a: { b: ['x'], c: [1] } },
        {
          a: [
            { b: 'x', c: 2 },
            { b: 'y', c: 1 },
          ],
        },
      ),
    ).toBe(false);
  });

  it('wants the text of a JSON object', () => {
    for (const body of ['no JSON', '5', '[{ "b": 1 }]', 'null', '']) {
      expect(matchesBody({ a: [{ exists: false }] }, body)).toBe(false);
    }
    expect(matchesBody({ a: [{ exists: false }] }, '{}')).toBe(true);
  });

  it('takes null and the empty string for neither existing nor absent', () => {
    for (const value of [null, '']) {
      expect(matchesBody({ a: [{ exists: true }] }, { a: value })).toBe(false);
      expect(matchesBody({ a: [{ exists: false }] }, { a: value })).toBe(false);
    }
    expect(matchesBody({ a: [{ exists: true }] }, { a: 0 })).toBe(true);
    expect(matchesBody({ a: [null] }, { a: null })).toBe(true);
    expect(matchesBody({ a: [''] }, { a: '' })).toBe(true);
  });

  it('compares addresses as text but for cidr', () => {
    expect(matchesBody({ a: ['2001:db8::1'] }, { a: '2001:DB8::1' })).toBe(false);
    expect(matchesBody({ a: [{ cidr: '2001:db8::/64' }] }, { a: '2001:DB8::1' })).toBe(true);
  });
});

describe('matchesFilterPolicy in attribute scope', () => {
  it('compares String as text and Number as a number', () => {
    expect(matchesAttributes({ a: ['100'] }, { a: ['String', '100'] })).toBe(true);
    expect(matchesAttributes({ a: [100] }, { a: ['String', '100'] })).toBe(false);
    expect(matchesAttributes({ a: [100] }, { a: ['Number', '100.0'] })).toBe(true);
    expect(matchesAttributes({ a: ['100'] }, { a: ['Number', '100'] })).toBe(false);
    expect(matchesAttributes({ a: [{ numeric: ['<', 5] }] }, { a: ['Number.int', '4'] })).toBe(true);
  });

  it('compares the elements of String.Array by their types', () => {
    const value = JSON.stringify(['x', 5, true, null, ['y']]);
    for (const wanted of ['x', 5, true, null]) {
      expect(matchesAttributes({ a: [wanted] }, { a: ['String.Array', value] })).toBe(true);
    }
    for (const wanted of ['5', 'true', 'y']) {
      expect(matchesAttributes({ a: [wanted] }, { a: ['String.Array', value] })).toBe(false);
    }
    expect(matchesAttributes({ a: ['x'] }, { a: ['String', '["x"]'] })).toBe(false);
    expect(matchesAttributes({ a: ['x'] }, { a: ['String.Array', 'no JSON'] })).toBe(false);
  });

  it('ignores binary attributes', () => {
    expect(matchesAttributes({ a: [{ exists: true }] }, { a: ['Binary', null] })).toBe(false);
    expect(matchesAttributes({ a: [{ exists: true }] }, { a: ['Binary', 'eA=='] })).toBe(false);
  });

  it('never matches a message without attributes', () => {
    expect(matchesAttributes({ a: [{ exists: false }] }, {})).toBe(false);
    expect(matchesAttributes({ a: [{ exists: false }] }, { b: ['String', 'x'] })).toBe(true);
  });

  it('takes odd names for data', () => {
    const attributes: Attributes = { ['__proto__']: ['String', 'x'], 'a.b': ['String', 'y'] };
    const policy = JSON.parse('{ "__proto__": ["x"], "a.b": ["y"] }');
    expect(matchesAttributes(policy, attributes)).toBe(true);
    expect(matchesAttributes({ toString: [{ exists: true }] }, attributes)).toBe(false);
  });
});

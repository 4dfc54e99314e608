import { describe, expect, it } from 'vitest';
import { languageFaults, mappingFaults, policyFaults, ruleFaults } from './filter-faults.ts';
import { envelopePolicy, topicPolicy } from './filter-policy.ts';
import { mappingFilter } from './mapping-filter.ts';
import { rulePattern } from './rule-pattern.ts';
import { sortedKeys } from './sorted-keys.ts';

const filter = { market: ['us', 'eu'], lines: { sku: ['b'], quantity: [{ numeric: ['>=', 5] }] } };
const sorted = '{"lines":{"quantity":[{"numeric":[">=",5]}],"sku":["b"]},"market":["us","eu"]}';

describe('sorted keys', () => {
  it('sort objects at every level and leave lists alone', () => {
    expect(JSON.stringify(sortedKeys({ b: [2, 1], a: [{ d: 1, c: 2 }] }))).toBe('{"a":[{"c":2,"d":1}],"b":[2,1]}');
  });

  it('keep a field called __proto__', () => {
    expect(JSON.stringify(sortedKeys(JSON.parse('{"b":[1],"__proto__":[2]}')))).toBe('{"__proto__":[2],"b":[1]}');
  });
});

describe('a rule', () => {
  it('has source, sorted names, and the filter below detail', () => {
    const pattern = rulePattern({ source: 'shop', names: ['B', 'A'], filter });
    expect(JSON.stringify(pattern)).toBe(`{"source":["shop"],"detail-type":["A","B"],"detail":${sorted}}`);
  });

  it('has no detail without a filter', () => {
    expect(rulePattern({ source: 'shop', names: ['A'], filter: null })).toEqual({
      source: ['shop'],
      'detail-type': ['A'],
    });
  });
});

describe('a subscription', () => {
  it('reads the body as the filter has it', () => {
    const { policy, scope } = topicPolicy({ names: null, filter }, 'body');
    expect([JSON.stringify(policy), scope]).toEqual([sorted, 'MessageBody']);
  });

  it('reads attributes, that of the names among them', () => {
    const either = { $or: [{ gift: ['true'] }, { market: ['eu'] }] };
    expect(topicPolicy({ names: ['A'], filter: either }, 'attributes')).toEqual({
      policy: { ...either, type: ['A'] },
      scope: 'MessageAttributes',
    });
  });

  it('has no policy when everything is wanted', () => {
    expect(topicPolicy({ names: null, filter: null }, 'attributes').policy).toBeNull();
    expect(envelopePolicy({ names: null, filter: null }).policy).toBeNull();
  });

  it('behind a bus reads the envelope', () => {
    expect(envelopePolicy({ names: ['B', 'A'], filter: { x: [1] } }).policy).toEqual({
      'detail-type': ['A', 'B'],
      detail: { x: [1] },
    });
  });
});

describe('an event source mapping', () => {
  it('reads the body of the record', () => {
    expect(JSON.stringify(mappingFilter(filter))).toBe(`{"body":${sorted}}`);
    expect(mappingFilter(null)).toBeNull();
  });
});

describe('faults', () => {
  const brief = (faults: ReturnType<typeof languageFaults>) =>
    faults.map(({ pointer, limit }) => [pointer, limit?.id ?? null]);

  it('of the language stand at their place in the filter', () => {
    expect(brief(languageFaults({ a: { b: [] } }))).toEqual([['/a/b', null]]);
    expect(brief(languageFaults({ $or: [{ a: [1] }] }))[0]).toEqual(['/$or', null]);
    expect(languageFaults(filter)).toEqual([]);
  });

  it('of a rule are its size and its numbers, each just inside and just outside', () => {
    const room = 2048 - '{"source":["s"],"detail-type":["A"],"detail":{"a":[""]}}'.length;
    const sized = (size: number) =>
      ruleFaults(rulePattern({ source: 's', names: ['A'], filter: { a: ['x'.repeat(size)] } }));
    expect(brief(sized(room))).toEqual([]);
    expect(brief(sized(room + 1))).toEqual([['', 'eventPatternCharacters']]);
    const numbered = (value: number) => ruleFaults({ detail: { a: [{ numeric: ['=', value] }] } });
    expect([5e9, -5e9, 0.000001, 123456789.012345].map((value) => numbered(value).length)).toEqual([0, 0, 0, 0]);
    expect([5e9 + 1, -5e9 - 1, 0.0000001, 1234567890.123456].map((value) => brief(numbered(value))[0])).toEqual([
      ['/a/0/numeric/1', 'eventPatternNumberMaximum'],
      ['/a/0/numeric/1', 'eventPatternNumberMinimum'],
      ['/a/0/numeric/1', 'eventPatternNumberDecimals'],
      ['/a/0/numeric/1', 'eventPatternNumberDigits'],
    ]);
  });

  it('of a policy are the operators, limits and numbers of SNS, at their place in the filter', () => {
    expect(brief(policyFaults({ a: [{ wildcard: 'x*' }] }, 'MessageBody', ''))).toEqual([['/a/0/wildcard', null]]);
    expect(brief(policyFaults({ detail: { a: [{ wildcard: 'x*' }] } }, 'MessageBody', '/detail'))).toEqual([
      ['/a/0/wildcard', null],
    ]);
    expect(brief(policyFaults({ a: { b: ['x'] } }, 'MessageAttributes', ''))[0]?.[0]).toBe('/a');
    const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);
    expect(brief(policyFaults({ a: values(150) }, 'MessageBody', ''))).toEqual([]);
    expect(brief(policyFaults({ a: values(151) }, 'MessageBody', ''))).toEqual([['', 'filterPolicyCombinations']]);
    expect(brief(policyFaults({ detail: { a: values(76) } }, 'MessageBody', '/detail'))).toEqual([
      ['', 'filterPolicyCombinations'],
    ]);
    const keys = (count: number) => Object.fromEntries(values(count).map((key) => [key, [1]]));
    expect(brief(policyFaults(keys(5), 'MessageBody', ''))).toEqual([]);
    expect(brief(policyFaults(keys(6), 'MessageBody', ''))).toEqual([['', 'filterPolicyKeys']]);
    expect(brief(policyFaults({ a: [1_000_000_001] }, 'MessageBody', ''))[0]?.[1]).toBe('filterPolicyNumberMaximum');
  });

  it('of a mapping are its size and its operators', () => {
    expect(brief(mappingFaults({ body: { a: [{ wildcard: 'x*' }] } }))).toEqual([['/a/0/wildcard', null]]);
    expect(brief(mappingFaults({ body: { a: ['x'.repeat(4096)] } }))[0]?.[1]).toBe('mappingFilterCharacters');
  });
});

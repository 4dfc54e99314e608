import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';

function errorsOf(pattern: unknown): readonly (readonly [pointer: string, message: string])[] {
  const result = compilePattern(pattern);
  return result.ok ? [] : result.errors.map(({ pointer, message }) => [pointer, message]);
}

describe('compilePattern', () => {
  it('tells every error at once, each at its JSON pointer', () => {
    const errors = errorsOf({
      source: 'shop.orders',
      'a/b~c': [],
      detail: { total: [{ numeric: ['>', '5'] }, { prefix: 1 }], customer: {}, tier: [{ Prefix: 'a' }] },
    });
    expect(errors.map(([pointer]) => pointer)).toEqual([
      '/source',
      '/a~1b~0c',
      '/detail/total/0/numeric/1',
      '/detail/total/1/prefix',
      '/detail/customer',
      '/detail/tier/0/Prefix',
    ]);
  });

  it.each([
    ['no object', [], '', 'an EventBridge event pattern must be a JSON object, not an array'],
    ['a scalar for a field', { a: 5 }, '/a', '"a" must be an array of values or an object of fields, not a number'],
    ['an array in a leaf', { a: [['b']] }, '/a/0', 'not an array'],
    ['an empty object', {}, '', 'an empty object is not allowed: name at least one field'],
    ['an empty array', { a: [] }, '/a', 'an empty array is not allowed: it would match nothing'],
    ['a $or that is no array', { $or: 5 }, '/$or', '"$or" takes an array of at least two objects'],
    ['a $or with one alternative', { $or: [{ a: [1] }] }, '/$or', '"$or" takes an array of at least two objects'],
    ['an empty condition', { a: [{}] }, '/a/0', 'needs an operator'],
    ['two operators in one condition', { a: [{ prefix: 'x', suffix: 'y' }] }, '/a/0', 'has one operator'],
    [
      'an unknown operator',
      { a: [{ regex: 'x' }] },
      '/a/0/regex',
      '"regex" is not an operator; the operators are "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but"',
    ],
    ['exactly without a string', { a: [{ exactly: 5 }] }, '/a/0/exactly', 'must be a string, not a number'],
    [
      'an unknown operator in prefix',
      { a: [{ prefix: { suffix: 'x' } }] },
      '/a/0/prefix/suffix',
      '"prefix" takes a string',
    ],
    ['an object for a string', { a: [{ exactly: {} }] }, '/a/0/exactly', 'must be a string, not an object'],
    ['numeric without an array', { a: [{ numeric: 5 }] }, '/a/0/numeric', 'takes an array'],
    ['an unknown comparison', { a: [{ numeric: ['==', 5] }] }, '/a/0/numeric/0', 'not "=="'],
    ['a comparison that is a number', { a: [{ numeric: [5, 5] }] }, '/a/0/numeric/0', 'not a number'],
    ['a comparison without a number', { a: [{ numeric: ['>'] }] }, '/a/0/numeric/1', 'must be a number, not nothing'],
    ['an upper bound first', { a: [{ numeric: ['<', 9, '>', 1] }] }, '/a/0/numeric', 'too many elements'],
    ['three comparisons', { a: [{ numeric: ['>', 1, '<', 9, '<', 5] }] }, '/a/0/numeric', 'too many elements'],
    ['an upper bound that is no number', { a: [{ numeric: ['>', 1, '<', '9'] }] }, '/a/0/numeric/3', 'not a string'],
    ['two lower bounds', { a: [{ numeric: ['>', 1, '>=', 9] }] }, '/a/0/numeric/2', 'not by ">="'],
    [
      'bounds the wrong way round',
      { a: [{ numeric: ['>', 9, '<', 1] }] },
      '/a/0/numeric',
      '9 must be less than the upper bound 1',
    ],
    ['a range of one number', { a: [{ numeric: ['>=', 5, '<=', 5] }] }, '/a/0/numeric', 'must be less than'],
    [
      'a range above the largest number',
      { a: [{ numeric: ['>', Number.MAX_VALUE] }] },
      '/a/0/numeric',
      'no number is left beyond 1.7976931348623157e+308',
    ],
    [
      'a range that only holds the largest number',
      { a: [{ numeric: ['>=', Number.MAX_VALUE] }] },
      '/a/0/numeric',
      'no number is left beyond',
    ],
    [
      'a range below the least number',
      { a: [{ numeric: ['<', -Number.MAX_VALUE] }] },
      '/a/0/numeric',
      'no number is left beyond -1.79',
    ],
    ['a number beyond all', { a: [Number('1e999')] }, '/a/0', 'too large to be compared'],
    ['nothing excluded', { a: [{ 'anything-but': [] }] }, '/a/0/anything-but', 'at least one value'],
    ['mixed exclusions', { a: [{ 'anything-but': [1, '1'] }] }, '/a/0/anything-but', 'all strings or all numbers'],
    [
      'an excluded null',
      { a: [{ 'anything-but': ['b', null] }] },
      '/a/0/anything-but/1',
      'strings or numbers, not null',
    ],
    [
      'an operator that cannot be excluded',
      { a: [{ 'anything-but': { cidr: 'x' } }] },
      '/a/0/anything-but/cidr',
      'or one of "prefix", "suffix", "equals-ignore-case", "wildcard"; not "cidr"',
    ],
    [
      'an empty excluded prefix',
      { a: [{ 'anything-but': { prefix: ['x', ''] } }] },
      '/a/0/anything-but/prefix/1',
      'every string',
    ],
    [
      'an empty list of excluded suffixes',
      { a: [{ 'anything-but': { suffix: [] } }] },
      '/a/0/anything-but/suffix',
      'at least one',
    ],
    ['two asterisks', { a: [{ wildcard: 'a**' }] }, '/a/0/wildcard', 'two asterisks in a row at position 1'],
    [
      'a loose backslash',
      { a: [{ 'anything-but': { wildcard: 'a\\x' } }] },
      '/a/0/anything-but/wildcard',
      'position 1',
    ],
    ['a block without a mask', { a: [{ cidr: '10.0.0.1' }] }, '/a/0/cidr', 'needs one "/"'],
    ['a mask that is no number', { a: [{ cidr: '10.0.0.1/x' }] }, '/a/0/cidr', 'must be an integer'],
    ['a block of one address', { a: [{ cidr: '10.0.0.1/32' }] }, '/a/0/cidr', 'IPv4 block must be below 32'],
    ['a block of no address', { a: [{ cidr: '10.0.0/8' }] }, '/a/0/cidr', '"10.0.0" is not an IP address'],
    ['exists without a boolean', { a: [{ exists: 'yes' }] }, '/a/0/exists', 'true or false, not a string'],
  ])('refuses %s', (_, pattern, pointer, message) => {
    expect(errorsOf(pattern)).toEqual([[pointer, expect.stringContaining(message)]]);
  });

  it('takes every comparison that leaves numbers', () => {
    const most = Number.MAX_VALUE;
    for (const numeric of [
      ['=', most],
      ['=', -most],
      ['<', most],
      ['<=', most],
      ['>', -most],
      ['>=', -most],
    ]) {
      expect(errorsOf({ a: [{ numeric }] })).toEqual([]);
    }
  });

  it('refuses a $or that is neither well-formed nor an ordinary field, at the place in $or', () => {
    expect(errorsOf({ $or: [{ a: [1] }, {}] })).toEqual([['/$or/1', expect.stringContaining('empty object')]]);
    expect(errorsOf({ $or: [{ a: [1] }, 5, { prefix: ['x'] }] })).toEqual([
      ['/$or/1', expect.stringContaining('must be an object, not a number')],
      ['/$or/2/prefix', expect.stringContaining('cannot be a field name inside "$or"')],
    ]);
  });

  it.each([
    ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
    ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after'],
    ...['date-before', 'date-on-or-before', 'in-date-range', 'ip-address-in-range', 'ip-address-not-in-range'],
  ])('takes %s for a field, but not inside $or', (name) => {
    expect(errorsOf({ [name]: [1], a: { [name]: [1] } })).toEqual([]);
    const message = `"${name}" is an operator and cannot be a field name inside "$or"`;
    expect(errorsOf({ $or: [{ [name]: [1] }, { a: [1] }] })).toEqual([[`/$or/0/${name}`, message]]);
    expect(errorsOf({ $or: [{ b: [1] }, { a: { [name]: [1] } }] })).toEqual([[`/$or/1/a/${name}`, message]]);
  });

  it('takes a malformed $or for an ordinary field when the pattern is well-formed that way, and says so', () => {
    expect(compilePattern({ $or: ['a', 'b'] })).toMatchObject({ ok: true, pattern: { orIsField: true } });
    expect(compilePattern({ $or: [{ a: ['x'] }, { b: ['y'] }] })).toMatchObject({
      ok: true,
      pattern: { orIsField: false },
    });
  });

  it('multiplies $or up to 1,000 alternatives and refuses more', () => {
    const ten = (name: string) => Array.from({ length: 10 }, (_, index) => ({ [`${name}${index}`]: [1] }));
    const thousand = { $or: ten('a'), b: { $or: ten('b'), c: { $or: ten('c') } } };
    expect(compilePattern(thousand)).toMatchObject({ ok: true, pattern: { branches: { length: 1000 } } });
    const more = { $or: [...ten('a'), { z: [1] }], b: thousand.b };
    expect(compilePattern(more)).toMatchObject({
      ok: false,
      errors: [
        {
          pointer: '',
          message: 'the alternatives of "$or" multiply to 1100, more than 1000',
          limit: 'eventPatternOrProduct',
        },
      ],
    });
  });

  it('refuses a $or that multiplies without end, at once', () => {
    let pattern: object = { a: [1] };
    for (let level = 0; level < 500; level++) pattern = { x: pattern, $or: [{ a: [1] }, { b: [1] }, { c: [1] }] };
    expect(compilePattern(pattern)).toMatchObject({ ok: false, errors: [{ limit: 'eventPatternOrProduct' }] });
  });

  it('takes 256 fields and refuses more', () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, [1]]));
    expect(compilePattern(fields(256)).ok).toBe(true);
    expect(compilePattern(fields(257))).toEqual({
      ok: false,
      errors: [{ pointer: '', message: '257 fields are more than 256', limit: 'eventPatternFields' }],
    });
  });

  it('refuses far too many fields soon, alternatives or not', () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, [1]]));
    const $or = Array.from({ length: 999 }, (_, index) => ({ a: [index] }));
    const start = performance.now();
    for (const [pattern, count] of [
      [fields, 20_000],
      [{ $or, ...fields }, 20_001],
      [{ ...fields, $or }, 20_001],
    ] as const) {
      expect(compilePattern(pattern)).toMatchObject({
        errors: [{ message: `${count} fields are more than 256`, limit: 'eventPatternFields' }],
      });
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('takes 1,000 levels and refuses more, however they are spelled', () => {
    const nested = (levels: number, leaf: object) => {
      let pattern = leaf;
      for (let level = 0; level < levels; level++) pattern = { a: pattern };
      return pattern;
    };
    const alternatives = (levels: number) => {
      let pattern: object = { a: [1] };
      for (let level = 0; level < levels; level++) pattern = { $or: [{ b: [1] }, pattern] };
      return pattern;
    };
    const message = 'nested deeper than 1000 levels';
    const error = { message, limit: 'eventDetailDepth' };
    const tooDeep = { ok: false, errors: [error] };
    const tooDeepTwice = { ok: false, errors: [error, error] };
    expect(compilePattern(nested(999, { b: [1] })).ok).toBe(true);
    expect(compilePattern(nested(100_000, { b: [1] }))).toMatchObject({ ok: false });
    expect(compilePattern(nested(1000, { b: [1] }))).toMatchObject(tooDeep);
    expect(compilePattern({ [Array(1001).fill('a').join('.')]: [1] })).toMatchObject(tooDeep);
    expect(compilePattern(alternatives(999)).ok).toBe(true);
    expect(compilePattern(alternatives(1000))).toMatchObject(tooDeepTwice);
    expect(compilePattern(alternatives(5000))).toMatchObject(tooDeepTwice);
  });
});

import type { EventPattern, JsonValue } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../model/event-model.ts';
import { filterWords } from './filter-words.ts';

const words = (filter: unknown, schema: JsonSchema = true, scope: 'body' | 'attributes' = 'body') =>
  filterWords({ filter: filter as EventPattern, scope, schema });

const one = (...conditions: JsonValue[]) => words({ total: conditions })[0]?.replace('`total` ', '');

describe('filterWords', () => {
  it('says nothing of no filter', () => {
    expect(filterWords({ filter: null, scope: 'body', schema: true })).toEqual([]);
  });

  it.each<[JsonValue[], string]>([
    [['eu'], 'is `"eu"`'],
    [['eu', 'us', 5, null, true], 'is `"eu"`, `"us"`, `5`, `null` or `true`'],
    [['192.0.2.1'], 'is `"192.0.2.1"`'],
    [[{ prefix: 'a' }], 'starts with `"a"`'],
    [[{ prefix: { 'equals-ignore-case': 'a' } }], 'starts with `"a"`, whatever its case'],
    [[{ suffix: 'a' }], 'ends with `"a"`'],
    [[{ suffix: { 'equals-ignore-case': 'a' } }], 'ends with `"a"`, whatever its case'],
    [[{ 'equals-ignore-case': 'Eu' }], 'is `"Eu"`, whatever its case'],
    [[{ wildcard: 'a*z' }], 'is like `"a*z"` (`*` stands for any text)'],
    [[{ numeric: ['>=', 10, '<=', 100] }], 'is between `10` and `100`'],
    [[{ numeric: ['>', 0, '<', 100] }], 'is more than `0` and less than `100`'],
    [[{ numeric: ['>=', 500] }], 'is at least `500`'],
    [[{ numeric: ['<=', -0.5] }], 'is at most `-0.5`'],
    [[{ numeric: ['=', 7] }], 'is `7`'],
    [[{ 'anything-but': 'ru' }], 'is anything but `"ru"`'],
    [[{ 'anything-but': ['a', 'b', 'c'] }], 'is anything but `"a"`, `"b"` or `"c"`'],
    [[{ 'anything-but': [1, 2] }], 'is anything but `1` or `2`'],
    [[{ 'anything-but': { prefix: ['a', 'b'] } }], 'is anything that does not start with `"a"` or `"b"`'],
    [[{ 'anything-but': { suffix: 'a' } }], 'is anything that does not end with `"a"`'],
    [[{ 'anything-but': { 'equals-ignore-case': 'a' } }], 'is anything but `"a"`, whatever its case'],
    [[{ 'anything-but': { wildcard: 'a*' } }], 'is anything that is not like `"a*"` (`*` stands for any text)'],
    [[{ exists: true }], 'is present'],
    [[{ exists: false }], 'is absent'],
    [[{ cidr: '10.0.0.0/24' }], 'is an IP address in `10.0.0.0/24`'],
    [['eu', { exists: false }, { prefix: 'a' }], 'is `"eu"`, or is absent, or starts with `"a"`'],
  ])('says %j', (conditions, said) => {
    expect(one(...conditions)).toBe(said);
  });

  it('gives each field a line, nested ones by their path', () => {
    expect(words({ customer: { tier: ['gold'], age: [{ numeric: ['>', 17] }] }, market: ['eu'] })).toEqual([
      '`customer.tier` is `"gold"`',
      '`customer.age` is more than `17`',
      '`market` is `"eu"`',
    ]);
  });

  it('tells lists from single values by the schema, through references and alternatives', () => {
    const schema = {
      properties: { items: { $ref: '#/definitions/items' }, tags: { type: ['array', 'null'] } },
      definitions: {
        items: { type: 'array', items: { anyOf: [{ properties: { sku: { type: 'string' } } }, { $ref: '#' }] } },
      },
    };
    expect(words({ items: { sku: ['x'] }, tags: ['new'] }, schema)).toEqual([
      'some `items[].sku` is `"x"`',
      'some `tags[]` is `"new"`',
    ]);
  });

  it('puts the alternatives of a `$or` into one line', () => {
    expect(words({ $or: [{ total: [{ numeric: ['>=', 5] }] }, { market: ['eu'] }], a: [1] })).toEqual([
      'either `total` is at least `5` or `market` is `"eu"`',
      '`a` is `1`',
    ]);
  });

  it('brackets what would run into another alternative, also when nested', () => {
    const filter = { $or: [{ a: [1], b: [2, 3] }, { c: { $or: [{ d: [4] }, { e: [5] }] } }, { f: ['x or y'] }] };
    expect(words(filter)).toEqual([
      'either (`a` is `1` and `b` is `2` or `3`) or (either `c.d` is `4` or `c.e` is `5`) or `f` is `"x or y"`',
    ]);
  });

  it('follows the ways through a pattern that names a field twice, of which the last counts', () => {
    expect(words({ a: [1], $or: [{ a: [2] }, { b: [3] }] })).toEqual([
      'either `a` is `2` or (`a` is `1` and `b` is `3`)',
    ]);
  });

  it('says that attributes are read', () => {
    expect(words({ market: ['eu'] }, true, 'attributes')).toEqual(['the message attribute `market` is `"eu"`']);
  });

  it('counts what is too much to be named', () => {
    const values = Array.from({ length: 150 }, (_, index) => index);
    expect(one(...values)).toMatch(/`18`, `19` or 130 more$/);
  });

  it('keeps hostile text on its line and inside its code', () => {
    const filter = JSON.parse(
      '{"__proto__":["`</script>${x}\\n"],"a`b\\n":["\\u202egnp"],"constructor":[{"prefix":""}]}',
    );
    expect(words(filter)).toEqual([
      '`__proto__` is `"\\u0060</script>${x}\\n"`',
      '`"a\\u0060b\\n"` is `"\\u202egnp"`',
      '`constructor` starts with `""`',
    ]);
    for (const line of words({ ['f'.repeat(10_000)]: ['v`'.repeat(10_000)] })) {
      expect(line.length).toBeLessThan(1_000);
      expect(line.split('`')).toHaveLength(5);
    }
  });
});

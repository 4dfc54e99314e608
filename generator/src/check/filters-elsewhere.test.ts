import { describe, expect, it } from 'vitest';
import { receive, spec, told } from '../../../test/support/filter-spec.ts';

describe('the filter of a queue must match everything that is valid', () => {
  const onJobs = (filter: string, rest = ''): string =>
    spec(receive('probe', 'jobs', ['Job'], `x-filter: ${filter}${rest}`));

  it.each(['{ kind: [a, b] }', '{ id: [{ prefix: job- }] }', '{ $or: [{ kind: [a] }, { kind: [b] }] }'])(
    '%s does',
    async (filter) => {
      expect(await told(onJobs(filter))).toEqual([]);
    },
  );

  it.each(['{ kind: [a] }', '{ id: [{ prefix: job-1 }] }'])('%s does not', async (filter) => {
    expect((await told(onJobs(filter))).map(({ code }) => code)).toEqual(['queue-filter-deletes']);
  });

  it('one that matches nothing is told as that', async () => {
    expect((await told(onJobs('{ kind: [c] }'))).map(({ code }) => code)).toEqual(['filter-never-matches']);
  });

  it('one that may delete need not match everything, and is told when it does', async () => {
    const found = await told(onJobs('{ kind: [a, b] }', '\n    x-filter-unmatched: delete'));
    expect(found.map(({ code }) => code)).toEqual(['filter-always-matches']);
  });
});

describe('a filter over attributes is judged by the headers', () => {
  const onPrices = (filter: string): string =>
    spec(receive('probe', 'prices', ['Priced'], `x-filter: ${filter}\n    x-filter-scope: attributes`));

  it('so what only the payload excludes may match, and nothing is certain', async () => {
    expect(await told(onPrices('{ market: [ru] }'))).toEqual([]);
    expect(await told(onPrices('{ market: [eu, us, ru] }'))).toEqual([]);
  });

  it('and what no header says never does', async () => {
    expect((await told(onPrices('{ market: [uk] }'))).map(({ code }) => code)).toEqual(['filter-never-matches']);
  });
});

describe('two consumers', () => {
  const two = (one: string, other: string, rest = ''): string =>
    spec(
      [
        receive('first', 'orders', ['Placed'], `x-filter: ${one}${rest}`),
        receive('second', 'orders', ['Placed'], `x-filter: ${other}${rest}`),
      ].join('\n'),
    );

  it.each([
    ['{ market: [eu], express: [true] }', '{ express: [true], market: [eu] }'],
    ['{ total: [1, 2] }', '{ total: [2, 1] }'],
    ['{ customer: { tier: [gold] } }', '{ customer.tier: [gold] }'],
    ['{ $or: [{ market: [eu] }, { total: [5] }] }', '{ $or: [{ total: [5] }, { market: [eu] }] }'],
    ['{ id: [{ anything-but: [a, b] }] }', '{ id: [{ anything-but: [b, a] }] }'],
  ])('of one service with the filters %s and %s are told', async (one, other) => {
    const repeated = (await told(two(one, other))).filter(({ code }) => code === 'filter-repeated');
    expect(repeated).toHaveLength(1);
    expect(repeated[0]?.message).toBe(
      'Consumers `first` and `second` of service `shop` receive the same events with the same filter.',
    );
    expect(repeated[0]?.related).toHaveLength(1);
  });

  it.each([
    ['{ market: [eu] }', '{ market: [us] }'],
    ["{ total: [{ numeric: ['>', 1, '<', 2] }] }", "{ total: [{ numeric: ['>', 1, '<=', 2] }] }"],
  ])('with the filters %s and %s are not', async (one, other) => {
    expect(await told(two(one, other))).toEqual([]);
  });

  const joined = '\n    x-consumer: one';

  it.each([
    ["{ total: [{ numeric: ['<', 5] }] }", "{ total: [{ numeric: ['>=', 5] }] }"],
    ['{ express: [{ exists: false }] }', '{ express: [true] }'],
    ['{ id: [{ prefix: ord_1 }] }', '{ id: [{ prefix: ord_2 }] }'],
    ['{ note: [{ anything-but: [a, b] }] }', '{ note: [a] }'],
  ])('joined into one receive nothing twice by %s and %s', async (one, other) => {
    expect(await told(two(one, other, joined))).toEqual([]);
  });

  it.each([
    ["{ total: [{ numeric: ['<=', 5] }] }", "{ total: [{ numeric: ['>=', 5] }] }"],
    ['{ lines: { sku: [ABC] } }', '{ lines: { sku: [DEF] } }'],
  ])('joined into one may receive an order twice by %s and %s', async (one, other) => {
    expect((await told(two(one, other, joined))).map(({ code }) => code)).toEqual(['received-twice']);
  });
});

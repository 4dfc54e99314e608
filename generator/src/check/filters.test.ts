import { describe, expect, it } from 'vitest';
import { type Case, onOrders, onPayments, receive, spec, told } from '../../../test/support/filter-spec.ts';

describe('a condition that no order meets is an error at its line', () => {
  it.each<Case>([
    [
      '{ market: [uk, EU] }',
      'market',
      '`market` of `Placed` is one of "eu" or "us"; it never is "uk" or "EU".',
      'Did you mean "eu"?',
    ],
    [
      "{ total: ['500'] }",
      'total',
      '`total` of `Placed` is a number that is at least 0; it never is "500".',
      'Write it without quotes: `500`.',
    ],
    ["{ express: ['true'] }", 'express', '', 'Write it without quotes: `true`.'],
    ['{ note: [5] }', 'note', 'is a string or null', 'Write it in quotes: `"5"`.'],
    ["{ total: [{ prefix: '5' }] }", 'total', 'it never is a string starting with "5"', 'with `numeric`'],
    ["{ id: [{ numeric: ['>', 5] }] }", 'id', 'it never is a number > 5', '`prefix`, `suffix` or `wildcard`'],
    ["{ total: [{ numeric: ['<', 0] }] }", 'total', 'it never is a number < 0', ''],
    [
      '{ id: [{ prefix: ORD }] }',
      'id',
      'is a string that matches ^ord_[0-9a-f]{8}$',
      '`{ prefix: { equals-ignore-case: "ORD" } }`',
    ],
    ['{ id: [ORD_12345678] }', 'id', 'it never is "ORD_12345678"', '`{ equals-ignore-case: "ORD_12345678" }`'],
    ['{ express: [null] }', 'express', 'it never is null', '`{ exists: false }`'],
    ['{ total: [{ exists: false }] }', 'total', 'is always there', 'remove the condition'],
    ['{ customer: { tier: [bronze] } }', 'tier', '`customer.tier` of `Placed` is one of "silver" or "gold"', ''],
    ["{ customer.age: [{ numeric: ['<', 18] }] }", 'customer.age', 'is a whole number that is at least 18', ''],
    [
      '{ customer: [x] }',
      'customer',
      'is an object: a filter compares values of its fields',
      'Name a field of it, as in `customer: { age: […] }`. Declared there: `age` and `tier`.',
    ],
    ['{ customer: [{ exists: true }] }', 'customer', 'not even for `exists`', 'Declared there'],
    ['{ lines: [{ exists: true }] }', 'lines', 'is a list of objects', 'Declared there: `count` and `sku`.'],
    ['{ lines: { sku: [abc] } }', 'sku', 'is a string that matches ^[A-Z]{3}$', '`{ equals-ignore-case: "abc" }`'],
  ])('%s', async (filter, at, message, help) => {
    const [one, ...others] = await told(onOrders(filter));
    expect(one).toMatchObject({ code: 'filter-never-matches', severity: 'error' });
    expect(one?.at.startsWith(`${at}:`)).toBe(true);
    expect(one?.message).toContain(message);
    expect(one?.help).toContain(help);
    expect(others).toEqual([]);
  });

  it('each of two such conditions is told', async () => {
    const found = await told(onOrders("{ market: [uk], total: ['5'], id: [{ prefix: ord_1 }] }"));
    expect(found.map(({ code, at }) => [code, at.split(':')[0]])).toEqual([
      ['filter-never-matches', 'market'],
      ['filter-never-matches', 'total'],
    ]);
  });
});

describe('the nearest good filters get no remark', () => {
  it.each([
    '{ market: [eu] }',
    '{ total: [500] }',
    '{ express: [true] }',
    "{ note: ['5', null] }",
    "{ total: [{ numeric: ['>', 5] }] }",
    '{ id: [{ prefix: ord_1 }] }',
    '{ id: [{ prefix: { equals-ignore-case: ORD_A } }] }',
    '{ express: [{ exists: false }] }',
    '{ customer: { tier: [gold] } }',
    '{ customer.age: [18] }',
    '{ customer: { age: [{ exists: true }] } }',
    '{ lines: { sku: [ABC], count: [1] } }',
    '{ $or: [{ market: [eu] }, { total: [5] }] }',
  ])('%s', async (filter) => {
    expect(await told(onOrders(filter))).toEqual([]);
  });
});

describe('conditions that contradict each other are an error that names them', () => {
  it.each([
    ['{ status: [declined], code: [{ exists: true }] }', 'Where `code` matches, `status` is "approved".'],
    ['{ status: [approved], reason: [fraud] }', 'Where `reason` matches, `status` is "declined".'],
  ])('%s', async (filter, help) => {
    const [one, ...others] = await told(onPayments(filter));
    expect(one?.code).toBe('filter-never-matches');
    expect(one?.message).toMatch(/^No valid `Paid` meets the conditions on .*`status`.* at once\.$/);
    expect(one?.help).toContain(help);
    expect(one?.related).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it('also when every alternative of a `$or` has its own', async () => {
    const filter = '{ $or: [{ status: [declined], code: [x] }, { status: [approved], reason: [fraud] }] }';
    const found = await told(onPayments(filter));
    expect(found.map(({ code }) => code)).toEqual(['filter-never-matches', 'filter-never-matches']);
  });
});

describe('an alternative that never matches beside others is a warning', () => {
  it.each<Case>([
    ['{ market: [eu, US] }', 'US', 'it never is "US"', 'Did you mean "us"?'],
    ["{ total: [5, '6'] }", "'6'", 'it never is "6"', 'Write it without quotes: `6`.'],
    ['{ note: [x, 5] }', '5', 'it never is 5', 'in quotes'],
    ['{ total: [5, { exists: false }] }', '{ exists', 'is always there', 'remove the condition'],
    ['{ $or: [{ market: [eu] }, { market: [uk] }] }', 'market: [uk]', 'This alternative of `$or` never matches.', ''],
  ])('%s', async (filter, at, message, help) => {
    const [one, ...others] = await told(onOrders(filter));
    expect(one).toMatchObject({ code: 'filter-dead-alternative', severity: 'warning' });
    expect(one?.at.startsWith(at)).toBe(true);
    expect(one?.message).toContain(message);
    expect(one?.help).toContain(help);
    expect(others).toEqual([]);
  });
});

describe('a condition that always matches is a warning', () => {
  it.each<readonly [filter: string, at: string, message: string]>([
    ['{ total: [{ exists: true }], express: [true] }', 'total', 'is always there, so this condition always holds'],
    ['{ market: [us, eu], express: [true] }', 'market', 'is always there and is one of "eu" or "us"'],
    ["{ total: [{ numeric: ['>=', 0] }], express: [true] }", 'total', 'so it always is a number >= 0'],
    ['{ id: [{ prefix: ord_ }], express: [true] }', 'id', 'so it always is a string starting with "ord_"'],
    ['{ market: [{ anything-but: uk }], express: [true] }', 'market', 'so it always is anything but "uk"'],
    ['{ customer: [{ exists: false }], express: [true] }', 'customer', 'so it always counts as absent'],
    ['{ $or: [{ market: [eu] }, { market: [us] }], express: [true] }', '$or', 'so it excludes nothing'],
    ['{ market: [eu, us] }', 'market', 'Every valid `Placed` matches this filter.'],
    ['{ market: [eu, us], total: [{ exists: true }] }', 'x-filter', 'Every valid `Placed` matches this filter.'],
  ])('%s', async (filter, at, message) => {
    const [one, ...others] = await told(onOrders(filter));
    expect(one).toMatchObject({ code: 'filter-always-matches', severity: 'warning' });
    expect(one?.at.startsWith(`${at}:`)).toBe(true);
    expect(one?.message).toContain(message);
    expect(others).toEqual([]);
  });

  it('but not where the field may be absent, or elements of a list differ', async () => {
    expect(await told(onOrders('{ express: [true, false] }'))).toEqual([]);
    expect(
      await told(onOrders("{ lines: { count: [{ numeric: ['>=', 1] }, { exists: false }], sku: [ABC] } }")),
    ).toEqual([]);
  });
});

describe('a field of another variant', () => {
  const onChecks = (filter: string): string => spec(receive('probe', 'payments', ['Checked'], `x-filter: ${filter}`));

  it('is undeclared, also where the variants are open', async () => {
    const [one, ...others] = await told(onChecks('{ status: [failed], grade: [a] }'));
    expect(one).toMatchObject({ code: 'undeclared-field', severity: 'error' });
    expect(one?.at.startsWith('grade:')).toBe(true);
    expect(one?.message).toBe('Where `status` is "failed", the payload of `Checked` declares no field `grade`.');
    expect(one?.help).toBe('It is declared where `status` is "passed".');
    expect(others).toEqual([]);
  });

  it('is undeclared in an alternative of `$or`', async () => {
    const found = await told(onChecks('{ $or: [{ status: [failed], grade: [a] }, { status: [passed] }] }'));
    expect(found.map(({ code }) => code)).toEqual(['undeclared-field']);
  });

  it.each([
    '{ status: [failed], cause: [a] }',
    '{ status: [failed], grade: [{ exists: false }, a] }',
    '{ grade: [a] }',
    '{ $or: [{ status: [failed], cause: [a] }, { status: [passed], grade: [a] }] }',
  ])('is none in %s', async (filter) => {
    expect((await told(onChecks(filter))).map(({ code }) => code)).toEqual([]);
  });
});

describe('one mistake is told once', () => {
  it('an undeclared field is no field that never matches', async () => {
    const found = await told(onOrders('{ markt: [eu], customer: { teir: [gold] } }'));
    expect(found.map(({ code, help }) => [code, help])).toEqual([
      ['undeclared-field', 'Did you mean `tier`?'],
      ['undeclared-field', 'Did you mean `market`?'],
    ]);
  });

  it('and does not hide another mistake', async () => {
    const found = await told(onOrders('{ markt: [eu], total: [much] }'));
    expect(found.map(({ code }) => code)).toEqual(['undeclared-field', 'filter-never-matches']);
  });

  it('a condition that another replaces is only told to have no effect', async () => {
    const [one, ...others] = await told(onOrders('{ $or: [{ market: [eu] }, { total: [5] }], market: [us] }'));
    expect(one).toMatchObject({ code: 'filter-condition-replaced', severity: 'warning' });
    expect(one?.at.startsWith('market: [eu]')).toBe(true);
    expect(others).toEqual([]);
    expect(await told(onOrders('{ $or: [{ market: [eu] }, { total: [5] }], id: [{ suffix: a }] }'))).toEqual([]);
  });

  it('a message that cannot match is told with the reason', async () => {
    const both = (filter: string): string =>
      spec(receive('probe', 'orders', ['Moved', 'Placed'], `x-filter: ${filter}`));
    const [one, ...others] = await told(both('{ market: [eu] }'));
    expect(one).toMatchObject({ code: 'filter-misses-message', severity: 'warning' });
    expect(one?.message).toContain('No valid `Moved` can match this filter');
    expect(one?.message).toContain('`market` of `Moved` is "ru"');
    expect(others).toEqual([]);
    expect(await told(both('{ market: [eu, ru] }'))).toEqual([]);
  });
});

import { type LimitId, limits } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import type { EventModel } from '../model/event-model.ts';
import { policiesPerAccount } from './quotas.ts';

/** How events reach the consumer of a spec. */
type Place = 'rule' | 'body' | 'attributes' | 'envelope' | 'mapping';

const channels: Readonly<Record<Place, string>> = {
  rule: '',
  body: 'bindings: { sns: { name: orders } }',
  attributes: 'bindings: { sns: { name: orders } }',
  envelope: "servers: [{ $ref: '#/servers/main' }]\n    bindings: { sns: { name: orders } }",
  mapping: 'bindings: { sqs: { queue: { name: orders, fifoQueue: false } } }',
};

/** Any field of the payload may be anything, but `a`, which is a text, and `n`, which is a number. */
function spec(place: Place, filter: object, copies = 1): string {
  const operation = {
    action: 'receive',
    channel: { $ref: '#/channels/orders' },
    'x-filter': filter,
    ...(place === 'attributes' ? { 'x-filter-scope': 'attributes' } : {}),
    ...(place === 'mapping' ? { 'x-filter-unmatched': 'delete' } : {}),
  };
  const operations = Array.from({ length: copies }, (_, index) => [
    `take${index}`,
    { ...operation, 'x-service': `taker-${index}` },
  ]);
  return `
asyncapi: 3.0.0
info: { title: Limits, version: 1.0.0 }
servers: { main: { host: x, protocol: eventbridge } }
channels:
  orders:
    address: orders
    messages:
      Placed:
        headers: { type: object, properties: { a: { type: string } } }
        payload: { type: object, required: [a], properties: { a: { type: string, minLength: 1 }, n: { type: number } }, additionalProperties: {} }
    ${channels[place]}
operations: ${JSON.stringify(Object.fromEntries(operations))}
`;
}

interface Pair {
  readonly place: Place;
  readonly inside: object;
  readonly outside: object;
  /** What is said of the second. */
  readonly says: string;
  /** The number found there. */
  readonly found: string;
  /** Consumers with the filter, when the limit counts these. */
  readonly copies?: readonly [inside: number, outside: number];
}

const count = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const values = (length: number) => ({ a: count(length, (index) => `v${index}`) });
const fields = (length: number) => Object.fromEntries(count(length, (index) => [`k${index}`, [1]]));
const either = (length: number) => ({ $or: count(length, (index) => ({ a: [`${index}`] })) });
const numeric = (value: number) => ({ n: [{ numeric: ['=', value] }] });
const overhead = '{"source":["orders"],"detail-type":["Placed"],"detail":{"a":[""]}}'.length;
const long = (length: number) => ({ a: ['x'.repeat(length)] });

const pairs: Readonly<Partial<Record<LimitId, readonly Pair[]>>> = {
  eventPatternCharacters: [pair('rule', long(2048 - overhead), long(2049 - overhead), 'warning filter-quota', '2049')],
  eventPatternOrProduct: [
    pair(
      'rule',
      { ...either(10), x: either(10), y: either(10) },
      { ...either(7), x: either(11), y: either(13) },
      'error filter-limit',
      '1001',
    ),
  ],
  eventPatternFields: [pair('rule', fields(254), fields(255), 'error filter-limit', '257')],
  eventPatternWildcardComplexity: [
    pair('rule', { a: [{ wildcard: '*v*v*v*v*v' }] }, { a: [{ wildcard: '*v*v*v*v*vv' }] }, 'error filter-limit', '11'),
  ],
  eventPatternNumberMinimum: [pair('rule', numeric(-5e9), numeric(-5e9 - 1), 'warning filter-number', '-5000000001')],
  eventPatternNumberMaximum: [pair('rule', numeric(5e9), numeric(5e9 + 1), 'warning filter-number', '5000000001')],
  eventPatternNumberDigits: [
    pair('rule', numeric(123456789.123456), numeric(1234567890.123456), 'warning filter-number', '16'),
  ],
  eventPatternNumberDecimals: [pair('rule', numeric(0.000001), numeric(0.0000001), 'warning filter-number', '7')],
  rulesPerBus: [{ ...pair('rule', { a: ['v'] }, { a: ['v'] }, 'warning rules-per-bus', '301'), copies: [300, 301] }],
  filterPolicyKeys: [
    pair('body', fields(5), fields(6), 'error filter-limit', '6'),
    // Behind a bus, `detail` is one key however many are below it.
    { ...pair('envelope', fields(6), fields(151), 'error filter-limit', '') },
  ],
  filterPolicyCombinations: [
    pair('body', values(150), values(151), 'error filter-limit', '151'),
    pair('attributes', values(150), values(151), 'error filter-limit', '151'),
    // One level deeper, each value counts twice.
    pair('envelope', values(75), values(76), 'error filter-limit', '152'),
    pair('body', { x: values(75) }, { x: values(76) }, 'error filter-limit', '152'),
    pair('envelope', { x: values(50) }, { x: values(51) }, 'error filter-limit', '153'),
  ],
  filterPolicyBytes: [pair('body', long(262_144 - 10), long(262_144 - 9), 'error filter-limit', '262145')],
  filterPolicyNumberMinimum: [pair('body', numeric(-1e9), numeric(-1e9 - 1), 'error filter-limit', '-1000000001')],
  filterPolicyNumberMaximum: [pair('envelope', numeric(1e9), numeric(1e9 + 1), 'error filter-limit', '1000000001')],
  filterPolicyNumberDecimals: [pair('body', numeric(0.00001), numeric(0.000001), 'error filter-limit', '6')],
  filterPoliciesPerTopic: [
    { ...pair('body', { a: ['v'] }, { a: ['v'] }, 'warning policies-per-topic', '201'), copies: [200, 201] },
  ],
  mappingFilterCharacters: [pair('mapping', long(4096 - 19), long(4096 - 18), 'error filter-limit', '4097')],
};

function pair(place: Place, inside: object, outside: object, says: string, found: string): Pair {
  return { place, inside, outside, says, found };
}

/** Numbers about filters that no spec can exceed, and those with a test of their own below. */
const others: Readonly<Partial<Record<LimitId, string>>> = {
  mappingFilters: 'a mapping has one filter',
  filterPoliciesPerAccount: 'held below, since ten thousand consumers take long to read',
};

/** What is said of the limits of filters. */
async function said(text: string): Promise<readonly { readonly brief: string; readonly message: string }[]> {
  const { diagnostics } = await understand(text);
  return diagnostics.flatMap(({ severity, code, message }) =>
    /^(filter-(limit|quota|number|not-supported)|invalid-filter|rules-per-bus|policies-per-.*)$/.test(code)
      ? [{ brief: `${severity} ${code}`, message }]
      : [],
  );
}

const cases = Object.entries(pairs).flatMap(([id, list]) => list.map((one) => [id, one.place, one] as const));

describe('a filter just inside a limit passes, and one just outside is told by its numbers', () => {
  it.each(cases)('%s of a %s', async (id, place, { inside, outside, says, found, copies = [1, 1] }) => {
    // 254 fields do not fit into the characters of a pattern either.
    const characters = (brief: string) => id === 'eventPatternFields' && brief === 'warning filter-quota';
    const fine = await said(spec(place, inside, copies[0]));
    expect(fine.map(({ brief }) => brief).filter((brief) => !characters(brief))).toEqual([]);
    const wrong = (await said(spec(place, outside, copies[1]))).filter(({ brief }) => !characters(brief));
    expect(wrong.map(({ brief }) => brief)).toEqual([says]);
    expect(wrong[0]?.message).toContain(found);
    if (found !== '') expect(wrong[0]?.message).toContain(String(limits[id as LimitId].value));
  });

  it('is there for every limit of filters', () => {
    const ids = Object.keys(limits).filter((id) => /^(eventPattern|filterPolic|mappingFilter|rulesPerBus)/.test(id));
    expect(ids.length).toBeGreaterThan(15);
    expect(ids.filter((id) => !(id in pairs) && !(id in others))).toEqual([]);
  });

  it('counts the policies of an account', async () => {
    const { model } = await understand(spec('body', { a: ['v'] }));
    const copies = (length: number): EventModel => {
      const services = count(length, () => model.system.services).flat();
      return { ...model, system: { ...model.system, services } };
    };
    expect(policiesPerAccount(copies(10_000))).toEqual([]);
    expect(policiesPerAccount(copies(10_001)).map(({ code, message }) => [code, message])).toEqual([
      ['policies-per-account', expect.stringContaining('10001')],
    ]);
  });
});

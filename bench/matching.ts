import {
  type CompiledPattern,
  compilePattern,
  compileRuleSet,
  type EventPattern,
  type JsonValue,
  matchesPattern,
  matchRuleSet,
  type RuleOfSet,
} from '../engine/src/index.ts';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const sizes = [1, 100, 1_000, 10_000] as const;
const eventCount = 1_000;

/**
 * Events matched in a second of CPU time, by one machine for all rules and by each rule in turn. Rules have three to five leaves,
 * and an event matches about three of them however many there are.
 */
export function benchMatching(rounds: number): readonly Figure[] {
  const measured = sizes.map((size) => measure(size, rounds));
  const [, few, thousand, many] = measured;
  if (few === undefined || thousand === undefined || many === undefined) throw new RangeError('Sizes are missing');
  return [
    ...measured.flatMap(({ size, machine, inTurn, matches }): readonly Figure[] => [
      { name: `matches of an event, rules: ${size}`, value: matches, unit: 'rules', budget: null },
      { name: `match in one machine, rules: ${size}`, value: machine, unit: 'events/s', budget: null },
      { name: `match each rule in turn, rules: ${size}`, value: inTurn, unit: 'events/s', budget: null },
    ]),
    { name: 'an event at 10,000 rules to one at 100', value: few.machine / many.machine, unit: 'x', budget: 8 },
    { name: 'machine to each in turn, rules: 1000', value: thousand.inTurn / thousand.machine, unit: 'x', budget: 0.1 },
  ];
}

interface Measured {
  readonly size: number;
  /** Events a second. */
  readonly machine: number;
  readonly inTurn: number;
  /** Rules that an event matches, on average. */
  readonly matches: number;
}

function measure(size: number, rounds: number): Measured {
  const random = seededRandom(20_261_120);
  const types = Math.max(1, Math.round(size / 10));
  const rules = Array.from({ length: size }, (_, id) => ({ id, pattern: compiled(makeRule(types, random)) }));
  const events = Array.from({ length: eventCount }, () => makeEvent(types, random));
  const set = compileRuleSet(rules);
  const byMachine = (event: JsonValue): number => matchRuleSet(set, event).length;
  const one = (event: JsonValue): number => countMatches(rules, event);
  const sample = events.slice(0, Math.max(20, Math.round(eventCount / size)));
  const total = sum(events, byMachine);
  if (sum(sample, one) !== sum(sample, byMachine)) throw new Error('The machine and each rule in turn disagree');
  return {
    size,
    machine: eventsPerSecond(events, byMachine, rounds),
    inTurn: eventsPerSecond(sample, one, rounds),
    matches: total / eventCount,
  };
}

function countMatches(rules: readonly RuleOfSet<number>[], event: JsonValue): number {
  let count = 0;
  for (const { pattern } of rules) if (matchesPattern(pattern, event)) count++;
  return count;
}

function sum(events: readonly JsonValue[], match: (event: JsonValue) => number): number {
  return events.reduce<number>((total, event) => total + match(event), 0);
}

/** The median of rounds, each long enough to be measured. */
function eventsPerSecond(events: readonly JsonValue[], match: (event: JsonValue) => number, rounds: number): number {
  const leastSeconds = 0.1;
  const rates = Array.from({ length: rounds }, () => {
    const started = process.cpuUsage();
    let seconds = 0;
    let count = 0;
    while (seconds < leastSeconds) {
      sum(events, match);
      count += events.length;
      const { user, system } = process.cpuUsage(started);
      seconds = (user + system) / 1e6;
    }
    return count / seconds;
  });
  return median(rates);
}

type Random = () => number;

function makeRule(types: number, random: Random): EventPattern {
  const type = whole(types, random);
  const wanted = [...detailLeaves].sort(() => random() - 0.5).slice(0, 1 + whole(3, random));
  return {
    source: [sourceOf(type)],
    'detail-type': [`Thing${type}Happened`],
    detail: Object.fromEntries(wanted.map((make) => make(random))),
  } as EventPattern;
}
const markets = ['eu', 'us', 'uk', 'jp'];
const tiers = ['gold', 'silver', 'bronze'];

/** Conditions on the detail; each holds for about half of the events. */
const detailLeaves: readonly ((random: Random) => readonly [string, JsonValue])[] = [
  (random) => ['market', [...markets].sort(() => random() - 0.5).slice(0, 2)],
  (random) => ['total', [{ numeric: ['>=', whole(1_000, random)] }]],
  (random) => ['customer', { tier: [{ 'anything-but': [pick(tiers, random)] }] }],
  () => ['coupon', [{ exists: false }]],
  (random) => ['reference', [{ prefix: pick(['A', 'B'], random) }]],
  (random) => ['lines', { sku: [`sku-${whole(4, random)}`] }],
];

function makeEvent(types: number, random: Random): JsonValue {
  const type = whole(types, random);
  const number = whole(1_000_000, random);
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    'detail-type': `Thing${type}Happened`,
    source: sourceOf(type),
    account: '123456789012',
    time: '2026-11-20T12:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      orderId: `order-${number}`,
      market: pick(markets, random),
      total: whole(1_000, random),
      currency: 'EUR',
      customer: { customerId: `customer-${number % 1_000}`, tier: pick(tiers, random) },
      reference: `${pick(['A', 'B'], random)}${number}`,
      lines: [0, 1].map(() => ({ sku: `sku-${whole(4, random)}`, quantity: 1 + whole(5, random) })),
      ...(random() < 0.5 ? { coupon: 'WELCOME' } : {}),
    },
  };
}

function sourceOf(type: number): string {
  return `bench.area${Math.floor(type / 10)}`;
}

function compiled(pattern: EventPattern): CompiledPattern {
  const result = compilePattern(pattern);
  if (result.ok) return result.pattern;
  throw new Error(`The bench made an invalid pattern: ${JSON.stringify(result.errors)}`);
}

function whole(below: number, random: Random): number {
  return Math.floor(random() * below);
}

function pick<T>(members: readonly T[], random: Random): T {
  return members[whole(members.length, random)] as T;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

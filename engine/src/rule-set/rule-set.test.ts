import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../event-pattern.ts';
import { compilePattern, matchesPattern } from '../pattern/compile-pattern.ts';
import { compileRuleSet, matchRuleSet, type RuleOfSet } from './rule-set.ts';

interface Vector {
  readonly pattern: unknown;
  readonly event: unknown;
}

/** Patterns and events; those of event-ruler's own tests too where they are at hand. */
const vectors: readonly Vector[] = [
  fileURLToPath(new URL('../../test-data/event-patterns.jsonl', import.meta.url)),
  ...(process.env.EVENTLOOM_VECTORS === undefined
    ? []
    : [join(process.env.EVENTLOOM_VECTORS, 'event-ruler-tests.jsonl')]),
].flatMap((file) => {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line) => parseVector(line) ?? []);
});

function parseVector(line: string): Vector | null {
  try {
    return JSON.parse(line) as Vector;
  } catch {
    return null;
  }
}

function compile(pattern: unknown) {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.pattern;
}

/** Ids of the patterns that match, alone and among so many others that the machine is used for them. */
function matching(patterns: Readonly<Record<string, unknown>>, event: unknown): readonly string[] {
  const rules = Object.entries(patterns).map(([id, pattern]) => ({ id, pattern: compile(pattern) }));
  const others = Array.from({ length: 10 }, (_, index) => ({ id: 'other', pattern: compile({ never: [index] }) }));
  const alone = matchRuleSet(compileRuleSet(rules), event);
  expect(matchRuleSet(compileRuleSet([...others, ...rules, ...others]), event)).toEqual(alone);
  return alone;
}

function inTurn<T>(rules: readonly RuleOfSet<T>[], event: unknown): readonly T[] {
  return rules.filter(({ pattern }) => matchesPattern(pattern, event)).map(({ id }) => id);
}

describe('a set of rules', () => {
  it('names the rules that match, in the order given', () => {
    const patterns = {
      z: { source: ['shop'] },
      a: { source: ['shop'], detail: { total: [{ numeric: ['>=', 500] }] } },
      m: { source: ['clinic'] },
      b: { detail: { total: [500] } },
    };
    expect(matching(patterns, { source: 'shop', detail: { total: 500 } })).toEqual(['z', 'a', 'b']);
    expect(matching(patterns, { source: 'shop', detail: { total: 5 } })).toEqual(['z']);
    expect(matching(patterns, { source: 'other' })).toEqual([]);
  });

  it('names a rule once, however many of its alternatives match', () => {
    const patterns = { a: { $or: [{ x: [1, 2] }, { y: [1] }, { x: [{ exists: true }] }] } };
    expect(matching(patterns, { x: [1, 2, 1], y: 1 })).toEqual(['a']);
  });

  it('keeps rules whose ids are equal', () => {
    const pattern = compile({ a: [1] });
    const ids = Array(20).fill('same');
    expect(matchRuleSet(compileRuleSet(ids.map((id) => ({ id, pattern }))), { a: 1 })).toEqual(ids);
  });

  it('matches nothing without rules, and no event that is not an object', () => {
    expect(matchRuleSet(compileRuleSet([]), { a: 1 })).toEqual([]);
    for (const event of [null, 'a', [], [{ a: 1 }], undefined]) {
      expect(matching({ a: { a: [{ exists: false }] } }, event)).toEqual([]);
    }
  });

  it('finds rules that want a field to be absent', () => {
    const patterns = { a: { a: [{ exists: false }] }, b: { b: [1], a: [{ exists: false }, 2] } };
    expect(matching(patterns, {})).toEqual(['a']);
    expect(matching(patterns, { b: 1, a: 2 })).toEqual(['b']);
    expect(matching(patterns, { b: 1, a: 3 })).toEqual([]);
  });

  it('takes two fields of one array from the same element', () => {
    const patterns = { a: { items: { sku: ['A'], count: [2] } }, b: { items: { sku: ['B'] } } };
    expect(
      matching(patterns, {
        items: [
          { sku: 'A', count: 1 },
          { count: 2, sku: 'B' },
        ],
      }),
    ).toEqual(['b']);
  });

  it('takes names of inherited properties for data', () => {
    const patterns = { a: JSON.parse('{ "__proto__": { "constructor": [1] } }'), b: { toString: [{ exists: true }] } };
    expect(matching(patterns, JSON.parse('{ "__proto__": { "constructor": 1 } }'))).toEqual(['a']);
    expect(matching(patterns, {})).toEqual([]);
  });

  it('tells many rules that differ in one condition', () => {
    const conditions: readonly [JsonValue, JsonValue][] = Array.from({ length: 300 }, (_, index) => {
      const text = `${index}`.padStart(3, '0');
      const forms: readonly (readonly [JsonValue, JsonValue])[] = [
        [text, text],
        [{ prefix: `${text}-` }, `${text}-a`],
        [{ suffix: `-${text}` }, `a-${text}`],
        [{ 'equals-ignore-case': `é${text}` }, `É${text}`],
        [{ 'equals-ignore-case': `😀${text}` }, `??${text}`],
        [{ prefix: { 'equals-ignore-case': `ß${text}` } }, `SS${text}x`],
        [{ suffix: { 'equals-ignore-case': `${text}K` } }, `x${text}k`],
        [{ wildcard: `w${text}*x` }, `w${text}-x`],
        [{ wildcard: `*${text}y` }, `-${text}y`],
        [{ numeric: ['>', index, '<=', index + 1] }, index + 0.5],
        [{ cidr: `10.${index % 256}.0.0/16` }, `10.${index % 256}.1.2`],
      ];
      const form = forms[index % forms.length] ?? ['', ''];
      return [form[0], form[1]];
    });
    const rules = conditions.map(([condition], id) => ({ id, pattern: compile({ a: { b: [condition] } }) }));
    const set = compileRuleSet(rules);
    for (const [id, [, value]] of conditions.entries()) {
      const event = { a: { b: value } };
      expect(matchRuleSet(set, event)).toContain(id);
      expect(matchRuleSet(set, event)).toEqual(inTurn(rules, event));
    }
  });
});

describe('a set of rules under attack', () => {
  const soon = 5_000;
  const rules = Array.from({ length: 2_000 }, (_, id) => ({
    id,
    pattern: compile({ source: [`s${id % 10}`], items: { sku: [`sku-${id}`, { prefix: `p${id}` }], count: [id % 7] } }),
  }));
  const set = compileRuleSet(rules);

  function timed(event: unknown): { readonly ids: readonly number[]; readonly milliseconds: number } {
    const start = performance.now();
    return { ids: matchRuleSet(set, event), milliseconds: performance.now() - start };
  }

  it('does not overflow the stack on deep events', () => {
    const deep = JSON.parse(`{ "source": "s1", "items": ${'['.repeat(100_000)}1${']'.repeat(100_000)} }`);
    expect(timed(deep).ids).toEqual([]);
    const objects = JSON.parse(`{ "source": "s1", "items": ${'{"sku":'.repeat(100_000)}1${'}'.repeat(100_000)} }`);
    expect(timed(objects).ids).toEqual([]);
  });

  it('sees what each rule by itself sees at the limits of depth', () => {
    const long = Array(999).fill('k');
    const nested = (keys: readonly string[], value: JsonValue): JsonValue =>
      keys.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
    const patterns = [
      { a: { b: [1] } },
      { a: { b: [{ exists: false }] } },
      nested([...long, 'b'], [{ exists: false }]),
      nested([...long, 'b'], [1]),
      ...Array.from({ length: 10 }, (_, index) => ({ c: [index] })),
    ];
    const rules = patterns.map((pattern, id) => ({ id, pattern: compile(pattern) }));
    const set = compileRuleSet(rules);
    const arrays = [998, 999, 1_000, 1_001].map((depth) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`));
    const events = [
      ...arrays.flatMap((array) => [{ a: { b: array } }, { 'a.b': array }]),
      ...[1, [1], [[1]]].flatMap((value) => [
        nested([...long, 'b'], value),
        { ...(nested([...long, 'b'], value) as object), 'x.y': 1 },
      ]),
      { 'a.b': [...Array(150_000).fill(0), 1] },
    ];
    for (const event of events) expect(matchRuleSet(set, event)).toEqual(inTurn(rules, event));
  });

  it('verifies a rule once, however many of its values an event has', () => {
    const skus = Array.from({ length: 1_000 }, (_, index) => `sku-${index}`);
    const start = performance.now();
    const pattern = compile({ items: { sku: skus, count: [1, { exists: false }] } });
    const many = compileRuleSet(Array.from({ length: 10 }, (_, id) => ({ id, pattern })));
    const items = Array.from({ length: 10_000 }, (_, index) => [{ sku: skus[index % 1_000], count: 0 }, { count: 1 }]);
    expect(matchRuleSet(many, { items: items.flat() })).toEqual([]);
    expect(performance.now() - start).toBeLessThan(soon);
  });

  it('walks a long array once, not once for each rule', () => {
    const items = Array.from({ length: 50_000 }, (_, index) => ({ sku: `other-${index}`, count: index % 7 }));
    const { ids, milliseconds } = timed({ source: Array.from({ length: 10 }, (_, index) => `s${index}`), items });
    expect(ids).toEqual([]);
    expect(milliseconds).toBeLessThan(soon);
  });

  it('looks up the values of a long array by the rules that there are', () => {
    const ranges = Array.from({ length: 1_000 }, (_, id) => ({
      id,
      pattern: compile({ a: [{ numeric: ['>=', -id] }, { prefix: 'x'.repeat(id + 1) }], b: [1] }),
    }));
    const many = compileRuleSet(ranges);
    const a = Array.from({ length: 50_000 }, (_, index) => index);
    const start = performance.now();
    expect(matchRuleSet(many, { a, b: 1 })).toHaveLength(1_000);
    expect(performance.now() - start).toBeLessThan(soon);
  });
});

describe('a set of rules and each rule in turn', () => {
  const key = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'a.b');
  const text = fc.constantFrom(
    'x',
    'X',
    'xy',
    'yx',
    'ß',
    'SS',
    'İ',
    'i̇',
    'K',
    'k',
    '"x',
    'x"',
    '😀',
    '??',
    '',
    '10.0.0.1',
    '::1',
  );
  const number = fc.constantFrom(-1, 0, 1, 1.5, 2, 1e9);
  const scalar = fc.oneof<fc.Arbitrary<JsonValue>[]>(text, number, fc.constantFrom(true, false, null));
  const { json } = fc.letrec<{ json: JsonValue; object: JsonValue }>((tie) => ({
    json: fc.oneof({ depthSize: 'medium' }, scalar, fc.array(tie('json'), { maxLength: 3 }), tie('object')),
    object: fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  }));
  const event = fc.dictionary(key, json, { minKeys: 1, maxKeys: 3 });

  const wildcard = fc
    .array(fc.constantFrom('x', 'y', '*', 'X'), { maxLength: 4 })
    .map((parts) => parts.join('').replaceAll(/\*+/g, '*'));
  const textOperator = fc.oneof(
    fc.record({ prefix: text }),
    fc.record({ suffix: text }),
    fc.record({ 'equals-ignore-case': text }),
    fc.record({ prefix: fc.record({ 'equals-ignore-case': text }) }),
    fc.record({ suffix: fc.record({ 'equals-ignore-case': text }) }),
    fc.record({ wildcard }),
  );
  const condition = fc.oneof<fc.Arbitrary<JsonValue>[]>(
    { weight: 3, arbitrary: scalar } as never,
    textOperator,
    fc.tuple(fc.constantFrom('>', '>=', '<', '<=', '='), number).map((numeric) => ({ numeric })),
    fc.constant({ numeric: ['>', 0, '<=', 2] }),
    fc.constantFrom({ cidr: '10.0.0.0/8' }, { cidr: '::/64' }),
    fc.record({ exists: fc.boolean() }),
    fc.record({
      'anything-but': fc.oneof<fc.Arbitrary<JsonValue>[]>(text, number, fc.record({ prefix: fc.constant('x') })),
    }),
  );
  const leaf = fc.array(condition, { minLength: 1, maxLength: 3 });
  const path = fc.array(key, { minLength: 1, maxLength: 2 }).map((keys) => keys.join('.'));
  const fields = fc.dictionary(path, leaf, { minKeys: 1, maxKeys: 3 });
  const pattern = fc.oneof(
    fields,
    fc.tuple(fields, fc.array(fields, { minLength: 2, maxLength: 3 })).map(([outside, $or]) => ({ ...outside, $or })),
  );

  it('agree on the vectors of event-ruler, hundreds in one machine', () => {
    const rules = vectors.flatMap(({ pattern, event }) => {
      const result = compilePattern(pattern);
      return result.ok ? [{ id: event, pattern: result.pattern }] : [];
    });
    expect(rules.length).toBeGreaterThan(2_000);
    for (let from = 0; from < rules.length; from += 200) {
      const some = rules.slice(from, from + 200);
      const set = compileRuleSet(some);
      for (const { id: event } of some) expect(matchRuleSet(set, event)).toEqual(inTurn(some, event));
    }
  });

  it('agree on any patterns and events', () => {
    let matched = 0;
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 10, maxLength: 40 }),
        fc.array(event, { minLength: 1, maxLength: 10 }),
        (patterns, events) => {
          const rules = patterns.map((one, id) => ({ id, pattern: compile(one) }));
          const set = compileRuleSet(rules);
          for (const one of events) {
            const expected = inTurn(rules, one);
            matched += expected.length;
            expect(matchRuleSet(set, one)).toEqual(expected);
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(matched).toBeGreaterThan(200);
  });
});

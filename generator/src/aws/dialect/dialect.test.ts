import { type EventPattern, type JsonValue, readCondition } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import type { JsonSchema, MessageType } from '../../model/event-model.ts';
import { factsOf } from '../../model/filter-facts.ts';
import { headerFields } from '../../model/headers.ts';
import { caseVariants } from './case-variants.ts';
import { operatorTable, operatorTableMarkdown } from './operator-table.ts';
import { sayFilter } from './say-filter.ts';
import { type TargetKind, targets } from './target.ts';

/** A message whose payload has fields, all of which are headers too. */
function message(properties: object, required: readonly string[] = []): MessageType {
  const payload: JsonSchema = { type: 'object', properties, required };
  return { name: 'M', payload, headers: headerFields(payload, payload) } as unknown as MessageType;
}

const say = (kind: TargetKind, filter: EventPattern, ...messages: readonly MessageType[]) => {
  const { filter: said, faults } = sayFilter(filter, kind, factsOf(messages));
  return faults.length === 0 ? said : faults.map(({ pointer }) => pointer);
};

const text = { type: 'string', minLength: 1 };
const market = { enum: ['eu', 'us', 'ru'] };

describe('a rule is canonical', () => {
  const rule = (filter: EventPattern, properties: object = {}) => say('rule', filter, message(properties));

  it.each<[string, EventPattern, EventPattern]>([
    [
      'sorts and drops alternatives',
      { a: ['us', 'eu', 'us', 5, 1, null, true] },
      { a: ['eu', 'us', 1, 5, true, null] },
    ],
    ['drops values that a condition covers', { a: ['eu', 'ru', { prefix: 'e' }] }, { a: ['ru', { prefix: 'e' }] }],
    ['sorts what is excluded', { a: [{ 'anything-but': ['b', 'a', 'b'] }] }, { a: [{ 'anything-but': ['a', 'b'] }] }],
    [
      'unpacks lists of one',
      { a: [{ 'anything-but': { prefix: ['b'] } }] },
      { a: [{ 'anything-but': { prefix: 'b' } }] },
    ],
    ['sorts branches', { $or: [{ b: [1] }, { a: [1] }] }, { $or: [{ a: [1] }, { b: [1] }] }],
    ['joins equal branches', { $or: [{ a: [2, 1] }, { a: [1, 2] }], b: [1] }, { a: [1, 2], b: [1] }],
    ['nests dotted keys', { 'a.b': [1], a: { c: [2] } }, { a: { b: [1], c: [2] } }],
    ['has no `exactly`', { a: [{ exactly: 'x' }] }, { a: ['x'] }],
  ])('%s', (_, filter, pattern) => {
    expect(JSON.stringify(rule(filter))).toBe(JSON.stringify(pattern));
  });

  it('leaves alone what depends on order: a path named twice, and a leaf with fields below', () => {
    const twice = { $or: [{ a: [1] }, { b: [1] }], a: [2] };
    expect(rule(twice)).toEqual(twice);
    const both = { a: [{ exists: false }], 'a.b': [1] };
    expect(rule(both)).toEqual(both);
    expect(say('body', twice, message({}))).toEqual(['']);
    expect(say('body', both, message({}))).toEqual(['']);
  });

  it('keeps a text that looks like an address from being covered, and `exactly` beside it', () => {
    const filter = { a: ['10.0.0.1', { exactly: '10.0.0.2' }, { prefix: '10.' }] };
    expect(rule(filter)).toEqual({ a: ['10.0.0.1', { exactly: '10.0.0.2' }, { prefix: '10.' }] });
  });

  it('says numbers that EventBridge documents where the schema allows', () => {
    const total = { type: 'number', minimum: 0, maximum: 100 };
    const filter = { total: [{ numeric: ['>', 5, '<', 6e9] }] };
    expect(rule(filter, { total })).toEqual({ total: [{ numeric: ['>', 5] }] });
    expect(rule(filter)).toEqual(filter);
  });
});

describe('a subscription by body', () => {
  const body = (properties: object, filter: EventPattern) => say('body', filter, message(properties));

  it('lists the values of an enum that pass', () => {
    expect(body({ market }, { market: [{ 'anything-but': { suffix: 'u' } }] })).toEqual({ market: ['us'] });
    expect(body({ market: { type: 'array', items: market } }, { market: [{ wildcard: '*' }] })).toEqual({
      market: [{ exists: true }],
    });
    expect(
      body(
        { o: { type: 'array', items: { properties: { market }, type: 'object' } } },
        { o: { market: [{ wildcard: 'e*u' }] } },
      ),
    ).toEqual({ o: { market: ['eu'] } });
  });

  it('adds null and the empty text where they exist', () => {
    const exists = { a: [{ exists: true }] };
    expect(body({ a: text }, exists)).toEqual(exists);
    expect(body({ a: { type: 'string' } }, exists)).toEqual({ a: ['', { exists: true }] });
    expect(body({ a: { type: ['number', 'null'] } }, exists)).toEqual({ a: [null, { exists: true }] });
  });

  it('says comparisons with numbers that SNS does not take by the bounds of the schema', () => {
    const total = { type: 'number', minimum: 0, exclusiveMaximum: 100 };
    const saidOf = (...alternatives: readonly JsonValue[]) => body({ total }, { total: alternatives });
    expect(saidOf({ numeric: ['<', -2e9] }, 5)).toEqual({ total: [5] });
    expect(saidOf({ numeric: ['>=', 5, '<', 2e9] })).toEqual({ total: [{ numeric: ['>=', 5] }] });
    expect(saidOf({ numeric: ['>', -2e9] })).toEqual({ total: [{ exists: true }] });
    expect(saidOf({ 'anything-but': [-2e9, 7] })).toEqual({ total: [{ 'anything-but': 7 }] });
    expect(saidOf({ numeric: ['>', 0.0000001] })).toEqual(['/total/0/numeric/1']);
  });

  it('must hold for every message', () => {
    const filter = { a: [{ wildcard: 'e*u' }] };
    const one = message({ a: { enum: ['eu', 'x'] } });
    expect(say('body', filter, one, message({ a: { enum: ['e-u', 'y'] } }))).toEqual({ a: ['e-u', 'eu'] });
    expect(say('body', filter, one, message({ a: text }))).toEqual(['/a/0/wildcard']);
  });

  it('keeps the branches that some event can match', () => {
    const filter = { $or: [{ market: [{ wildcard: 'x*y' }] }, { a: ['b'] }] };
    expect(body({ market, a: text }, filter)).toEqual({ a: ['b'] });
  });

  it('is never matched by a filter that nothing can match', () => {
    expect(body({ market }, { market: [{ wildcard: 'x*y' }] })).toEqual({ market: ['(never)'] });
  });

  it('refuses names with dots that a payload declares', () => {
    expect(body({ 'a.b': text }, { 'a.b': ['x'] })).toEqual(['/a.b']);
    expect(body({ a: { properties: { b: text } } }, { 'a.b': ['x'] })).toEqual({ a: { b: ['x'] } });
  });

  it('says addresses of a field that has one spelling for each', () => {
    const address = { type: 'string', format: 'ipv4' };
    expect(body({ address }, { address: ['010.0.0.1'] })).toEqual({ address: ['10.0.0.1'] });
    expect(body({ address: text }, { address: ['10.0.0.1'] })).toEqual(['/address/0']);
  });
});

describe('a subscription by attributes', () => {
  const attributes = (properties: object, filter: EventPattern, required: readonly string[] = []) =>
    say('attributes', filter, message(properties, required));

  it('sends truth values as text', () => {
    const filter = { gift: [true] };
    expect(attributes({ gift: { type: 'boolean' } }, filter)).toEqual({ gift: ['true'] });
    expect(attributes({ gift: { type: 'boolean' } }, { gift: [{ 'anything-but': 'true' }] })).toEqual({
      gift: ['false', 'true'],
    });
  });

  it('takes null and the empty text for a field that is not there', () => {
    const nullable = { a: { type: ['string', 'null'], minLength: 1 } };
    expect(attributes(nullable, { a: [null] }, ['a'])).toEqual({ a: [{ exists: false }] });
    expect(attributes(nullable, { a: [null, { exists: false }] })).toEqual({ a: [{ exists: false }] });
    expect(attributes(nullable, { a: [null] })).toEqual(['/a']);
    expect(attributes({ a: { type: 'string' } }, { a: [{ 'anything-but': 'x' }] })).toEqual(['/a']);
    expect(attributes({ a: { type: 'string' } }, { a: [{ 'anything-but': 'x' }] }, ['a'])).toEqual({
      a: [{ 'anything-but': 'x' }, { exists: false }],
    });
  });

  it('knows numbers and lists of texts', () => {
    expect(attributes({ n: { type: 'number' } }, { n: [{ numeric: ['>', 5] }, 'x'] })).toEqual({
      n: [{ numeric: ['>', 5] }],
    });
    const tags = { type: 'array', items: { type: 'string' }, minItems: 1 };
    expect(attributes({ tags }, { tags: ['x', { prefix: 'y' }] })).toEqual({ tags: ['x', { prefix: 'y' }] });
    expect(attributes({ tags }, { tags: [{ exists: false }] })).toEqual({ tags: [{ exists: false }] });
    expect(attributes({ tags: { ...tags, minItems: 0 } }, { tags: [{ exists: false }] })).toEqual(['/tags']);
  });

  it('refuses fields below, and texts that SNS wants escaped', () => {
    expect(attributes({ a: { type: 'object' } }, { a: { b: ['x'] } })).toEqual(['/a/b']);
    expect(attributes({ a: text }, { a: ['x"y'] })).toEqual(['/a/0']);
    expect(attributes({ a: { enum: ['x"y', 'z'] } }, { a: [{ 'anything-but': 'x"y' }] })).toEqual({ a: ['z'] });
  });

  it('joins $or', () => {
    const filter = { $or: [{ gift: [true] }, { market: ['eu'] }] };
    expect(attributes({ gift: { type: 'boolean' }, market }, filter)).toEqual({
      $or: [{ gift: ['true'] }, { market: ['eu'] }],
    });
  });
});

describe('a mapping', () => {
  const mapping = (properties: object, filter: EventPattern) => say('mapping', filter, message(properties));
  const address = { type: 'string', format: 'ipv4' };

  it.each<[string, readonly JsonValue[]]>([
    ['10.0.0.0/8', [{ prefix: '10.' }]],
    ['10.1.2.0/24', [{ prefix: '10.1.2.' }]],
    ['10.1.2.0/23', [{ prefix: '10.1.2.' }, { prefix: '10.1.3.' }]],
    ['10.1.2.8/30', ['10.1.2.10', '10.1.2.11', '10.1.2.8', '10.1.2.9']],
  ])('says the block %s by its ends', (cidr, alternatives) => {
    expect(mapping({ address }, { address: [{ cidr }] })).toEqual({ address: alternatives });
  });

  it('refuses blocks of texts that need not be addresses, and blocks of many ends', () => {
    expect(mapping({ address: text }, { address: [{ cidr: '10.0.0.0/8' }] })).toEqual(['/address/0/cidr']);
    expect(mapping({ address }, { address: [{ cidr: '10.0.0.0/12' }] })).toEqual(['/address/0/cidr']);
  });
});

describe('the table of operators', () => {
  const open = {
    text,
    number: { type: 'number' },
    boolean: { type: 'boolean' },
    null: { type: ['string', 'null'], minLength: 1 },
  };
  const kinds = ['rule', 'body', 'attributes', 'mapping'] as const;

  const fieldFor = (example: JsonValue): object => {
    if (example === null) return open.null;
    if (typeof example === 'boolean') return open.boolean;
    return typeof example === 'number' || (typeof example === 'object' && 'numeric' in example)
      ? open.number
      : open.text;
  };

  it.each(operatorTable.flatMap((row) => kinds.map((kind) => [row.operator, kind, row] as const)))(
    'says the truth about %s in %s',
    (_, kind, { example, support }) => {
      const filter = { a: [example] };
      const said = say(kind, filter, message({ a: fieldFor(example) }));
      const found = Array.isArray(said)
        ? 'listed'
        : JSON.stringify(said) === JSON.stringify(filter)
          ? 'same'
          : 'rewritten';
      expect(found).toBe(support[kind]);
      if (found !== 'listed') return;
      const values = example === null ? [null, 'eu'] : fieldFor(example) === open.number ? [1, 5] : ['eu', 'us', 'e-u'];
      expect(say(kind, filter, message({ a: { enum: values } }, ['a']))).not.toBeInstanceOf(Array);
    },
  );

  it('shows every operator that a dialect has', () => {
    for (const kind of kinds) {
      const { dialect } = targets[kind];
      const same = operatorTable.filter(({ support }) => support[kind] === 'same');
      for (const { example } of same)
        expect([kind, example, readCondition(example, dialect).ok]).toEqual([kind, example, true]);
    }
    expect(operatorTableMarkdown().split('\n')).toHaveLength(operatorTable.length + 3);
  });
});

describe('spellings', () => {
  it('are those of each letter, as long as they are few and as long as the text', () => {
    expect(caseVariants('a1b', 4)).toEqual(['a1b', 'a1B', 'A1b', 'A1B']);
    expect(caseVariants('a1b', 3)).toBeNull();
    expect(caseVariants('ß', 8)).toBeNull();
    expect(caseVariants('😀', 8)).toBeNull();
    expect(caseVariants('', 8)).toEqual(['']);
  });
});

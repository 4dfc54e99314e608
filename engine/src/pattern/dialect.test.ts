import { describe, expect, it } from 'vitest';
import { compileFor, matchesPattern } from './compile-pattern.ts';
import { type Dialect, eventBridgeDialect, filterPolicyDialect, mappingFilterDialect } from './dialect.ts';

function messagesOf(condition: unknown, dialect: Dialect): readonly string[] {
  const result = compileFor({ a: [condition] }, dialect);
  return result.ok ? [] : result.errors.map(({ message }) => message);
}

describe('dialects', () => {
  const sns = 'an SNS filter policy';
  const mapping = 'a filter of a Lambda event source mapping';

  it.each([
    [{ wildcard: 'a*' }, filterPolicyDialect, `${sns} does not support "wildcard"`],
    [{ wildcard: 'a*' }, mappingFilterDialect, `${mapping} does not support "wildcard"`],
    [{ 'anything-but': { suffix: 'a' } }, filterPolicyDialect, `${sns} does not support "anything-but" with "suffix"`],
    [
      { prefix: { 'equals-ignore-case': 'a' } },
      filterPolicyDialect,
      `${sns} does not support "prefix" with "equals-ignore-case"`,
    ],
    [1e9 + 1, filterPolicyDialect, `1000000001 is out of range: ${sns} takes -1000000000 to 1000000000`],
    [0.000001, filterPolicyDialect, '0.000001 has 6 digits after the point, more than 5'],
    [
      { numeric: ['=', 2e9] },
      filterPolicyDialect,
      `2000000000 is out of range: ${sns} takes -1000000000 to 1000000000`,
    ],
  ])('refuse %j in their own words', (condition, dialect, message) => {
    expect(messagesOf(condition, dialect)).toEqual([message]);
    expect(messagesOf(condition, eventBridgeDialect)).toEqual([]);
  });

  it.each([
    [
      eventBridgeDialect,
      '"prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists"',
    ],
    [filterPolicyDialect, '"prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "cidr", "exists"'],
    [mappingFilterDialect, '"prefix", "suffix", "equals-ignore-case", "anything-but", "numeric", "exists"'],
  ])('name their operators to whoever writes an unknown one: $name', (dialect, operators) => {
    expect(messagesOf({ regex: 'a' }, dialect)).toEqual([`"regex" is not an operator; the operators are ${operators}`]);
  });

  it.each([
    [eventBridgeDialect, { address: true, exists: true }],
    [filterPolicyDialect, { address: false, exists: false }],
    [mappingFilterDialect, { address: false, exists: true }],
  ])('differ in addresses and in null: $name', (dialect, expected) => {
    const matches = (condition: unknown, value: unknown) => {
      const result = compileFor({ a: [condition] }, dialect);
      return result.ok && matchesPattern(result.pattern, { a: value });
    };
    expect({ address: matches('10.0.0.1', '10.0.0.001'), exists: matches({ exists: true }, null) }).toEqual(expected);
  });

  it.each([
    [{ exactly: 'a' }, 'exactly'],
    [{ prefix: 'a' }, 'prefix'],
    [{ prefix: { 'equals-ignore-case': 'a' } }, 'prefix" with "equals-ignore-case'],
    [{ suffix: 'a' }, 'suffix'],
    [{ suffix: { 'equals-ignore-case': 'a' } }, 'suffix" with "equals-ignore-case'],
    [{ 'equals-ignore-case': 'a' }, 'equals-ignore-case'],
    [{ wildcard: 'a' }, 'wildcard'],
    [{ 'anything-but': 'a' }, 'anything-but'],
    [{ 'anything-but': { wildcard: 'a' } }, 'anything-but" with "wildcard'],
    [{ numeric: ['=', 1] }, 'numeric'],
    [{ cidr: '10.0.0.0/8' }, 'cidr'],
  ])('are asked about %j', (condition, operator) => {
    const none: Dialect = { ...eventBridgeDialect, name: 'a service', operators: new Set() };
    expect(messagesOf(condition, none)).toEqual([`a service does not support "${operator}"`]);
    expect(messagesOf(condition, eventBridgeDialect)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import type { Scalar } from './json.ts';
import { conditionTest } from './leaf-test.ts';

function satisfies(condition: unknown, value: Scalar): boolean {
  const result = compilePattern({ a: [condition] });
  const leaf = result.ok ? result.pattern.branches[0]?.[0] : undefined;
  if (leaf === undefined) throw new Error('the condition is refused');
  return leaf.test(value);
}

describe('conditions', () => {
  it.each([
    ['10.0.0.1', '10.0.0.001', true],
    ['10.0.0.1', 'a00:1::', true],
    ['10.0.0.1', '2001:db8::a00:1', false],
    ['10.0.0.1', 'no address', false],
    ['10.0.0.1', 10, false],
    [{ cidr: '10.0.0.0/8' }, 'no address', false],
    [{ cidr: '10.0.0.0/8' }, 10, false],
  ])('compare addresses: %j and %j give %j', (condition, value, expected) => {
    expect(satisfies(condition, value)).toBe(expected);
  });

  it.each([
    [{ prefix: 'x"' }, 'x"y', true],
    [{ prefix: 'x"' }, 'x', true],
    [{ prefix: 'x"' }, 'xy', false],
    [{ prefix: 'x"' }, 'yx"', false],
    [{ suffix: '"x' }, 'y"x', true],
    [{ suffix: '"x' }, 'x', true],
    [{ suffix: '"x' }, 'yx', false],
    [{ suffix: '"x' }, '"xy', false],
    [{ suffix: 'x"' }, '"', false],
    [{ prefix: '"x' }, '"', false],
  ])('see the quotes around a string, as event-ruler does: %j and %j give %j', (condition, value, expected) => {
    expect(satisfies(condition, value)).toBe(expected);
  });

  it('of one exact value are met by that value alone', () => {
    const test = conditionTest({ kind: 'exact', value: '1' });
    expect([test('1'), test(1), test('')]).toEqual([true, false, false]);
  });
});

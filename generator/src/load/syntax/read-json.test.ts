import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

const problemsOf = (text: string) => readJson(text).problems.map(({ code, offset }) => `${offset} ${code}`);

describe('readJson', () => {
  it.each([
    '{}',
    '[]',
    '"a"',
    '-1.5e+3',
    ' [1, {"a": [true, false, null]}, "\\u00e9\\n\\"" ] ',
    '{"__proto__": 1, "a": {}}',
  ])('reads %s as JSON.parse does', (text) => {
    expect(readJson(text)).toMatchObject({ problems: [] });
    expect(JSON.stringify(readJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ['{"a": 1,\n"b": 2,\n"a": 3}', ['17 duplicate-key']],
    ['{"a": {"b": 1, "\\u0062": 2}}', ['15 duplicate-key']],
    ['{"a": 1e999}', ['6 number-not-json']],
    ['[9007199254740993]', ['1 number-not-exact']],
    ['{"a": 1,}', ['8 syntax-error']],
    ['{a: 1}', ['1 syntax-error']],
    ['{"a" 1}', ['5 syntax-error']],
    ["['a']", ['1 syntax-error']],
    ['[01]', ['2 syntax-error']],
    ['// no\n{}', ['0 syntax-error']],
    ['["a\nb"]', ['1 syntax-error']],
    ['["\\x"]', ['1 syntax-error']],
    ['{} {}', ['3 syntax-error']],
    ['', ['0 syntax-error']],
    ['{"a":', ['5 syntax-error']],
  ])('%j has %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('refuses deep nesting', () => {
    expect(readJson('['.repeat(100_000)).problems.map(({ code }) => code)).toContain('too-deep');
  });

  it('knows where keys and values stand', () => {
    const { tape } = readJson('{\n  "a": [1, 2],\n  "b":\n    {}\n}');
    expect(tape.keys).toEqual(['', 'a', '0', '1', 'b']);
    expect(tape.keyOffsets).toEqual([0, 4, 10, 13, 19]);
    expect(tape.valueOffsets).toEqual([0, 9, 10, 13, 19]);
    expect(tape.ends).toEqual([5, 4, 3, 4, 5]);
  });
});

import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';

const problemsOf = (text: string) => readYaml(text).problems.map(({ code, offset }) => `${offset} ${code}`);

describe('readYaml', () => {
  it('reads YAML 1.2 with the core schema', () => {
    const text = 'date: 2024-01-31\nyes: yes\noctal: 0o17\nhex: 0x1F\nold: 017\nnone:\nfloat: 1.50\ntime: 12:30\n';
    expect(readYaml(text).value).toEqual({
      date: '2024-01-31',
      yes: 'yes',
      octal: 15,
      hex: 31,
      old: 17,
      none: null,
      float: 1.5,
      time: '12:30',
    });
  });

  it('does so under a %YAML 1.1 directive too', () => {
    expect(readYaml('%YAML 1.1\n---\nyes: 2024-01-31\n').value).toEqual({ yes: '2024-01-31' });
  });

  it('reports every syntax error, one a line', () => {
    const text = 'a: [1\nb: "x\nc: }\n';
    expect(readYaml(text).problems.length).toBeGreaterThan(1);
    expect(new Set(readYaml(text).problems.map(({ code }) => code))).toEqual(new Set(['syntax-error']));
  });

  it.each([
    ['a: 1\nb: 2\na: 3\n', ['10 duplicate-key']],
    ['{ a: 1, "a": 2 }', ['8 duplicate-key']],
    ['1: x\n"1": y\n', ['5 duplicate-key']],
    ['a:\n\tb: 1\n', ['3 tab-indentation']],
    ['a: 1\n---\nb: 1\n', ['5 multiple-documents']],
    ['a: !!binary abc\n', ['3 unsupported-tag']],
    ['a: !Ref b\n', ['3 unsupported-tag']],
    ['? [a]\n: b\n', ['2 non-string-key']],
    ['~: b\n', ['0 non-string-key']],
    ['0x10: b\n', ['0 non-string-key']],
    ['*a : b\nc: &a d\n', ['0 non-string-key']],
    ['a: .inf\n', ['3 number-not-json']],
    ['a: .nan\n', ['3 number-not-json']],
    ['a: 9007199254740993\n', ['3 number-not-exact']],
    ['a: 10000000000000000\n', []],
    ['a: &a { b: *a }\n', ['11 cyclic-alias']],
    ['a: *b\n', ['3 unknown-alias']],
    ['<<: 5\n', ['4 merge-key']],
    ['"<<": 5\n', []],
    ['200: ok\ntrue: ok\n', []],
  ])('%j has %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('names both places of a duplicate key', () => {
    expect(readYaml('x:\n  a: 1\n  a: 2\n').problems).toMatchObject([
      { pointer: '/x/a', offset: 12, related: { offset: 5, pointer: '/x/a' } },
    ]);
  });

  it('refuses aliases that multiply', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      const before = String.fromCharCode(96 + level);
      bomb.push(
        `${String.fromCharCode(97 + level)}: &${String.fromCharCode(97 + level)} [${Array(10).fill(`*${before}`).join(', ')}]`,
      );
    }
    const { problems } = readYaml(bomb.join('\n'));
    expect(problems.map(({ code }) => code)).toEqual(['too-many-aliases']);
  });

  it('lets ordinary aliases be', () => {
    const uses = Array.from({ length: 100 }, (_, index) => `u${index}: *common`).join('\n');
    expect(problemsOf(`common: &common { a: [1, 2, 3] }\n${uses}\n`)).toEqual([]);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['closed brackets', `${'['.repeat(300)}${']'.repeat(300)}`],
    ['braces', '{a: '.repeat(5000)],
    ['dashes', '- '.repeat(300)],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    [
      'aliases',
      [
        'a0: &a0 x',
        ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} ${'['.repeat(50)}*a${n}${']'.repeat(50)}`),
      ].join('\n'),
    ],
  ])('refuses nesting by %s that is too deep', (_, text) => {
    expect(readYaml(text).problems.map(({ code }) => code)).toContain('too-deep');
  });

  it('keeps `__proto__` as an own property', () => {
    const value = readYaml('__proto__: { a: 1 }\n').value as object;
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

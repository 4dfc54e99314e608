import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCompleteYaml } from './read-complete-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

/** What the plain reader accepts, the complete one reads alike, to the last offset. */
function expectAlike(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === undefined) return false;
  const complete = readCompleteYaml(text);
  expect(complete.problems).toEqual([]);
  expect(plain.value).toStrictEqual(complete.value);
  for (const part of ['keys', 'ends', 'keyOffsets', 'valueOffsets'] as const) {
    expect(plain.tape[part], part).toEqual(complete.tape[part]);
  }
  return true;
}

describe('readPlainYaml', () => {
  it.each([
    "a: 1\nb: x y\nc:\nd: \"e\\n\\u00e9\"\nf: 'it''s'\n",
    '---\n# comment\na: # more\n  b: 1 # one\n\n  c: 2\n',
    'a:\n- b\n-   - c\n    - d\n- e: 1\n  f: 2\n-\n  g: 3\nh: {}\n',
    'a: { b: [1, "x", { c: d }], "e": f, }\ng: [\n  h, # first\n  i\n  ]\n',
    'a: |\n  one\n\n   two\nb: >-\n  folded\n  text\n\n  paragraph\nc: |-\n    end\n\n',
    'url: http://x.y/z#a\nversion: 3.0.0\ndate: 2024-01-31\nn: -1.5\nt: true\nz: ~\n',
    '__proto__: { a: 1 }\nconstructor: b\n200: ok\n',
    'a: [b]',
    '- x\n- y',
    'text',
  ])('reads %j', (text) => {
    expect(expectAlike(text)).toBe(true);
  });

  it('reads the reference spec of this repository', () => {
    expect(expectAlike(readFileSync(new URL('../../../../asyncapi.yaml', import.meta.url), 'utf8'))).toBe(true);
  });

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge key', '<<: { a: 1 }\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a second document', 'a: b\n---\nc: d\n'],
    ['a directive', '%YAML 1.1\n---\na: b\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['text over several lines', 'a: b\n  c\n'],
    ['quoted text over several lines', 'a: "b\n  c"\n'],
    ['an escape unknown to JSON', 'a: "\\x41"\n'],
    ['a large number', 'a: 9007199254740993\n'],
    ['an unusual number', 'a: 0x10\n'],
    ['infinity', 'a: .inf\n'],
    ['a key that is no text', '~: a\n'],
    ['an explicit key', '? a\n: b\n'],
    ['a colon too many', 'a: b: c\n'],
    ['wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
    ['an open bracket', 'a: [b\n'],
    ['a bracket too many', 'a: [b]]\n'],
    ['a bracket at the margin', 'a: [\n  b\n]\n'],
    ['a block scalar that keeps its end', 'a: |+\n  b\n\n'],
    ['nothing', ''],
    ['deep nesting', `${'['.repeat(150)}${']'.repeat(150)}`],
  ])('leaves %s to the complete reader', (_, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('agrees with the complete reader on whatever it accepts', () => {
    const pieces = [
      ...[
        'a',
        'b',
        'a: ',
        'b: ',
        'c:',
        '- ',
        '-',
        '\n',
        '\n',
        '\n',
        '  ',
        '    ',
        ' ',
        '#',
        ' # x',
        '"',
        '"x"',
        "'y'",
        "'",
      ],
      ...[
        '|',
        '>',
        '|-\n',
        '>-\n',
        '{',
        '}',
        '[',
        ']',
        ', ',
        ',',
        ': ',
        ':',
        '?',
        '&a ',
        '*a',
        '!!str ',
        '1',
        '-2',
        '1.5',
      ],
      ...[
        '0x1',
        'true',
        '~',
        'null',
        'x y',
        '\\n',
        '<<: ',
        '---',
        '...',
        '%',
        '@',
        '.',
        'é: ',
        '1e3',
        '1.',
        '+1',
        '00',
        '"k": ',
      ],
      ...[
        '{ a: 1, b: [x, y] }',
        '\n  a: b\n',
        '\n- a\n',
        '\n  - a: 1\n    b: 2\n',
        ': |\n    text\n',
        ': >-\n  t\n\n  u\n',
      ],
    ];
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 20 }), (parts) => {
        if (expectAlike(parts.join(''))) accepted++;
      }),
      { numRuns: 3000, seed: 20240131 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('agrees with the complete reader on lines in any order and indentation', () => {
    const contents = [
      ...[
        'a:',
        'b:',
        'c: 1',
        'd: x y',
        'e: "q"',
        '- ',
        '- a: 1',
        '- x',
        '- - y',
        'f: [1, 2]',
        'g: { h: 1 }',
        'h: {',
        '}',
        'i: [',
      ],
      ...[
        '],',
        ']',
        '},',
        'k: v,',
        'j: |',
        'k: >',
        'l: >-',
        'text',
        'text: more',
        '# c',
        '',
        'm: x # c',
        'n: x#y',
        'o: -',
        'p: [a,',
      ],
      ...[
        'b]',
        'q: {a: b,',
        'c: d}',
        't: # c',
        'u: |- # c',
        '- # c',
        '- |',
        'x: y:',
        'z: "a" b',
        '[a]: b',
        'a: {b}',
        'a :b',
      ],
    ];
    const line = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(...contents))
      .map(([indent, content]) => ' '.repeat(indent) + content);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), fc.constantFrom('', '\n'), (lines, end) => {
        expectAlike(lines.join('\n') + end);
      }),
      { numRuns: 4000, seed: 20240131 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { docComment, noDoc } from './doc-comment.ts';

const comment = (description: string): string => docComment({ ...noDoc, description });

describe('docComment', () => {
  test('a short description is one line', () => {
    expect(comment('An order.')).toBe('/** An order. */');
  });

  test('facts follow a sentence on its line', () => {
    expect(docComment({ ...noDoc, description: 'Unique id.', facts: ['Format: uuid.'] })).toBe(
      '/** Unique id. Format: uuid. */',
    );
  });

  test('description, notes, examples and deprecation come in that order', () => {
    const doc = { description: 'An order.', facts: [], examples: ['{"a":1}'], deprecated: 'Use another.' };
    expect(docComment(doc, { notes: ['Message `A`.'], indent: '  ' })).toBe(
      [
        '  /**',
        '   * An order.',
        '   *',
        '   * Message `A`.',
        '   *',
        '   * @example { "a": 1 }',
        '   * @deprecated Use another.',
        '   */',
      ].join('\n'),
    );
  });

  test('nothing to say is no comment', () => {
    expect(docComment(noDoc)).toBe('');
    expect(comment(' \n\t\n')).toBe('');
  });

  test('long prose is wrapped, tables and code are not', () => {
    const prose = 'word '.repeat(40).trim();
    const row = `| ${'cell '.repeat(40)}|`;
    const lines = comment(`${prose}\n${row}`).split('\n');
    expect(Math.max(...lines.filter((line) => !line.includes('|')).map((line) => line.length))).toBeLessThanOrEqual(
      120,
    );
    expect(lines).toContain(` * ${row}`);
  });

  test.each([
    ['ends */ here', '/** ends *\\/ here */'],
    ['@deprecated really', '/** \\@deprecated really */'],
    ['see @deprecated', '/** see \\@deprecated */'],
    ['mail a@b.example', '/** mail a@b.example */'],
    ['{@link x}', '/** {\\@link x} */'],
    ['\u202eabc', '/** \\u202eabc */'],
  ])('%j is made harmless', (description, spelled) => {
    expect(comment(description)).toBe(spelled);
  });

  test('a line that reads as code is a line of the comment', () => {
    expect(comment('a\u2028export const x = 1;\r/ b').split('\n')).toEqual([
      '/**',
      ' * a',
      ' * export const x = 1;',
      ' * / b',
      ' */',
    ]);
  });

  test('no text ends a comment early or begins a tag', () => {
    const pieces = fc.constantFrom('*', '/', '@', ' ', '\n', '\r', '\u2028', 'x', '\\', '{', '`', '\t');
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, texts, texts, (description, example, reason) => {
        const doc = { description, facts: [example], examples: [example], deprecated: reason };
        const spelled = docComment(doc);
        expect(spelled.indexOf('*/')).toBe(spelled.length - 2);
        const tags = spelled.match(/(?<=[\s{])@\w*/g) ?? [];
        expect(tags.filter((tag) => tag !== '@example' && tag !== '@deprecated')).toEqual([]);
        expect(tags.filter((tag) => tag === '@deprecated')).toHaveLength(1);
      }),
    );
  });
});

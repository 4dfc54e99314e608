import { describe, expect, it } from 'vitest';
import type { PropertyType, TypeExpression } from '../../model/type-expression.ts';
import { noDoc } from './doc-comment.ts';
import { printType } from './type-expression.ts';

const string: TypeExpression = { kind: 'primitive', name: 'string' };
const number: TypeExpression = { kind: 'primitive', name: 'number' };
const never: TypeExpression = { kind: 'primitive', name: 'never' };
const nothing: TypeExpression = { kind: 'literal', value: null };
const union = (...members: TypeExpression[]): TypeExpression => ({ kind: 'union', members });
const intersection = (...members: TypeExpression[]): TypeExpression => ({ kind: 'intersection', members });
const array = (element: TypeExpression): TypeExpression => ({ kind: 'array', element });
const property = (name: string, type: TypeExpression, more: Partial<PropertyType> = {}): PropertyType => ({
  name,
  type,
  required: true,
  doc: noDoc,
  ...more,
});
const object = (properties: PropertyType[], index: TypeExpression | null = null): TypeExpression => ({
  kind: 'object',
  properties,
  index,
  isClosed: false,
});
const reference = (name: string): TypeExpression => ({ kind: 'reference', name });

describe('printType', () => {
  it.each<[string, TypeExpression]>([
    ['string', string],
    ["'it'", { kind: 'literal', value: 'it' }],
    ['`ord_${string}`', { kind: 'template', texts: ['ord_', ''] }],
    ['`a${string}b${string}c`', { kind: 'template', texts: ['a', 'b', 'c'] }],
    ['readonly `${string}.eu`[]', array({ kind: 'template', texts: ['', '.eu'] })],
    ['-1.5', { kind: 'literal', value: -1.5 }],
    ['null', nothing],
    ['never', union()],
    ['unknown', intersection()],
    ['string', union(string)],
    ['readonly string[]', array(string)],
    ['readonly (readonly string[])[]', array(array(string))],
    ['readonly (string | null)[]', array(union(string, nothing))],
    ['readonly string[]', array(union(string))],
    ['readonly (A & B)[]', array(intersection(reference('A'), reference('B')))],
    ['A & (B | C)', intersection(reference('A'), union(reference('B'), reference('C')))],
    ['(A & B) | C', union(intersection(reference('A'), reference('B')), reference('C'))],
    ['readonly [string, number?]', { kind: 'tuple', elements: [string, number], required: 1, rest: null }],
    [
      'readonly [(string | null)?, ...(readonly number[])[]]',
      { kind: 'tuple', elements: [union(string, nothing)], required: 0, rest: array(number) },
    ],
    ['readonly []', { kind: 'tuple', elements: [], required: 0, rest: null }],
    ['{}', object([])],
    ['{ readonly [key: string]: number }', object([], number)],
    [
      '{ readonly a: string; readonly [key: string]: unknown }',
      object([property('a', string)], { kind: 'primitive', name: 'unknown' }),
    ],
    ['{ readonly a?: string | undefined }', object([property('a', string, { required: false })])],
    [
      '{ readonly a?: string | null | undefined }',
      object([property('a', union(string, nothing), { required: false })]),
    ],
    ['{ readonly a?: unknown }', object([property('a', { kind: 'primitive', name: 'unknown' }, { required: false })])],
    ['{ readonly a?: undefined }', object([property('a', never, { required: false })])],
    ["{ readonly 'a-b': string; readonly '*/': string }", object([property('a-b', string), property('*/', string)])],
  ])('%s', (expected, type) => {
    expect(printType(type)).toBe(expected);
  });

  it('puts comments above properties, each property on a line', () => {
    const doc = { ...noDoc, description: 'Ends */ here.' };
    const inner = object([property('b', string, { doc })]);
    expect(printType(object([property('a', inner), property('c', array(inner))]))).toBe(
      [
        '{',
        '  readonly a: {',
        '    /** Ends *\\/ here. */',
        '    readonly b: string;',
        '  };',
        '  readonly c: readonly {',
        '    /** Ends *\\/ here. */',
        '    readonly b: string;',
        '  }[];',
        '}',
      ].join('\n'),
    );
  });

  it('breaks a union that does not fit, one member a line', () => {
    const members = Array.from(
      { length: 8 },
      (_, index) => ({ kind: 'literal', value: `a long literal ${index}` }) as const,
    );
    const lines = members.map(({ value }) => `'${value}'`);
    expect(printType(union(...members))).toBe(lines.map((line) => `\n  | ${line}`).join(''));
    expect(printType(object([property('a', union(...members))]))).toBe(
      `{\n  readonly a:${lines.map((line) => `\n    | ${line}`).join('')};\n}`,
    );
  });

  it('breaks an intersection of objects where they open', () => {
    const wide = object(['firstProperty', 'secondProperty', 'thirdProperty'].map((name) => property(name, string)));
    const text = printType(intersection(wide, union(object([property('a', string)]), object([property('b', string)]))));
    expect(text).toBe(
      [
        '{',
        '  readonly firstProperty: string;',
        '  readonly secondProperty: string;',
        '  readonly thirdProperty: string;',
        '} & (',
        '  | { readonly a: string }',
        '  | { readonly b: string }',
        ')',
      ].join('\n'),
    );
  });

  it('refuses a reference that is no name', () => {
    expect(() => printType(reference('A; import'))).toThrow(TypeError);
  });
});

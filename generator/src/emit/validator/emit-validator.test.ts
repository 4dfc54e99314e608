import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instancesOf } from '../../../../test/support/instances.ts';
import { bundles, schemas, values } from '../../../../test/support/schemas.ts';
import { comparable, runAjv, runEmitted } from '../../../../test/support/validators.ts';
import type { JsonSchema } from '../../model/event-model.ts';
import { findEndless } from '../../model/schema/endless.ts';
import { validatorEmitter } from './emit-validator.ts';

const emitValidator = validatorEmitter();

/** Holds emitted code against Ajv at run time: verdict and errors. */
function expectSame(schema: JsonSchema, samples: readonly unknown[]): void {
  const emitted = runEmitted(schema);
  const code = emitValidator({ typeName: 'Thing', payload: schema });
  expect(Buffer.from(code).toString()).toBe(code);
  const ajv = runAjv(schema);
  for (const value of samples) {
    expect([value, emitted(value), comparable(emitted.errors)]).toEqual([value, ajv(value), comparable(ajv.errors)]);
    for (const { schemaPath } of emitted.errors ?? []) expect(namesRule(schema, schemaPath)).toBe(true);
  }
}

/** Tells whether a `schemaPath` leads to a rule of the schema, wherever references have led in between. */
function namesRule(schema: JsonSchema, path: string): boolean {
  let place: unknown = schema;
  for (const token of path.split('/').slice(1)) {
    if (token === 'false schema') return place === false;
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false;
    place = (place as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}

const everything: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    2,
    3,
    1.5,
    2.5,
    0.3,
    1e21,
    '',
    'a',
    'ab',
    'abc',
    '💩',
    '💩💩',
    'é',
    '2026-11-20',
    'a@b.io',
    'x',
  ],
  ...[[], [1], [1, 1], ['a', 1], [1, 'a', true], [{ a: 1 }, { a: 1 }], [[1], [1]], [null], ['__proto__', '__proto__']],
  ...[
    {},
    { a: 1 },
    { a: 'x' },
    { a: 1, b: 2 },
    { b: 1 },
    { a: { a: { a: 1 } } },
    { 'a/b': 1, 'c~d': 2 },
    { kind: 'x', x: 1 },
    { kind: 'y' },
    { kind: 'z' },
  ],
  ...[
    JSON.parse('{"__proto__":{"a":1}}'),
    JSON.parse('{"__proto__":1,"a":1}'),
    { constructor: 1 },
    { 'a b': [{ c: 'd' }] },
    { a: undefined, b: 1 },
  ],
];

describe('emitValidator', () => {
  it('has the verdict and the errors of Ajv on any schema and value', () => {
    fc.assert(
      fc.property(bundles, fc.array(values, { minLength: 5, maxLength: 5 }), fc.nat(), (schema, samples, seed) => {
        fc.pre(findEndless(schema).length === 0);
        expectSame(schema, [...samples, ...instancesOf(schema, seed, 5)]);
      }),
      { seed: 3, numRuns: 600, interruptAfterTimeLimit: 60_000 },
    );
  });

  it('agrees with Ajv on choices by the value of a property, whatever values there are', () => {
    const fixed = fc.constantFrom<unknown>('a', 'b', 1, null, true, [], ['a'], {}, 'constructor');
    const branch = fc.record(
      {
        properties: fc.dictionary(
          fc.constantFrom('kind', 'a', 'constructor'),
          fc.oneof(
            fixed.map((value) => ({ const: value })),
            fc.array(fixed, { minLength: 1, maxLength: 2 }).map((values) => ({ enum: values })),
            schemas,
          ),
          { maxKeys: 3 },
        ),
        required: fc.constantFrom([], ['kind'], ['a']),
        type: fc.constantFrom('object', ['object', 'null'], 'string'),
        additionalProperties: fc.boolean(),
      },
      { requiredKeys: ['properties'] },
    );
    const choice = fc.oneof(branch, branch, fc.constant<unknown>({ $ref: '#/definitions/d0' }));
    const list = fc.array(choice, { minLength: 1, maxLength: 4 });
    const sample = fc.oneof(
      fc.dictionary(fc.constantFrom('kind', 'a', 'constructor', 'z'), fixed, { noNullPrototype: true }),
      fixed,
    );
    fc.assert(
      fc.property(list, fc.constantFrom('oneOf', 'anyOf'), branch, fc.array(sample, { minLength: 8 }), (...drawn) => {
        const [choices, keyword, d0, samples] = drawn;
        const schema = JSON.parse(JSON.stringify({ [keyword]: choices, definitions: { d0, d1: true } })) as JsonSchema;
        fc.pre(findEndless(schema).length === 0);
        expectSame(schema, samples);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 60_000 },
    );
  });

  it.each<[string, JsonSchema]>([
    ['true', true],
    ['false', false],
    ['an empty schema', {}],
    ['type', { type: 'object' }],
    ['type integer', { type: 'integer' }],
    ['several types', { type: ['string', 'null', 'integer'] }],
    ['nullable', { type: 'string', nullable: true }],
    ['enum', { enum: ['a', 1, null, true, [1], { a: 1 }] }],
    ['enum of many', { enum: Array.from({ length: 250 }, (_, index) => `v${index}`).concat('a') }],
    ['const', { const: 'a' }],
    ['const object', { const: { a: { a: { a: 1 } } } }],
    ['const null', { const: null }],
    ['multipleOf', { multipleOf: 0.1 }],
    ['multipleOf integer', { multipleOf: 2 }],
    ['maximum', { maximum: 1 }],
    ['exclusiveMaximum', { exclusiveMaximum: 1 }],
    ['minimum', { minimum: 1 }],
    ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 1 }],
    ['lengths', { minLength: 1, maxLength: 2 }],
    ['pattern', { pattern: '^\\p{L}+$' }],
    ['pattern of half a surrogate pair', { pattern: '^[\ud83d]|x/$' }],
    ['pattern of line breaks', { pattern: '\n|\r|\u2028|[/]|/' }],
    ['items', { items: { type: 'number' } }],
    ['items as a list', { items: [{ type: 'number' }, { type: 'string' }] }],
    ['additionalItems', { items: [{ type: 'number' }], additionalItems: { type: 'string' } }],
    ['additionalItems false', { items: [{ type: 'number' }], additionalItems: false }],
    ['maxItems and minItems', { minItems: 1, maxItems: 2 }],
    ['uniqueItems', { uniqueItems: true }],
    ['uniqueItems of scalars', { items: { type: ['string', 'number'] }, uniqueItems: true }],
    ['contains', { contains: { type: 'number' } }],
    ['maxProperties and minProperties', { minProperties: 1, maxProperties: 1 }],
    ['required', { required: ['a', 'toString', '__proto__', 'b', 'it"s', '</script>'] }],
    ['required of one', { type: 'object', required: ['a'] }],
    ['required of a closed object', { properties: { a: {}, b: {} }, required: ['a'], additionalProperties: false }],
    ['properties', { properties: { a: { type: 'number' }, 'a/b': { type: 'string' }, 'c~d': { type: 'string' } } }],
    ['patternProperties', { patternProperties: { '^a': { type: 'number' }, b$: true } }],
    ['additionalProperties', { properties: { a: true }, additionalProperties: { type: 'string' } }],
    ['additionalProperties false', { properties: { a: true }, additionalProperties: false }],
    ['dependencies', { dependencies: { a: ['b'], b: { required: ['c'] }, 'a/b': ['x', 'y'] } }],
    ['propertyNames', { propertyNames: { maxLength: 1, pattern: '^[ab]$' } }],
    ['if, then, else', { if: { type: 'string' }, then: { minLength: 2 }, else: { type: 'number' } }],
    ['if and then', { if: { type: 'string' }, then: { minLength: 2 } }],
    ['allOf', { allOf: [{ type: 'string' }, { minLength: 2 }] }],
    ['anyOf', { anyOf: [{ type: 'string' }, { required: ['a'], type: 'object' }] }],
    ['oneOf', { oneOf: [{ type: 'number' }, { multipleOf: 2 }, { type: 'string' }] }],
    [
      'a choice by the values of a property',
      { oneOf: ['x', 'y', ['z', 'y']].map((kind) => ({ properties: { kind: { enum: [kind].flat() } } })) },
    ],
    ['not', { not: { type: 'string' } }],
    ['format date', { format: 'date' }],
    ['format email', { format: 'email' }],
    ['format int32', { format: 'int32' }],
    ['format password', { format: 'password' }],
    ['an unknown format', { format: 'constructor' }],
    ['limits of a format', { format: 'date', formatMinimum: '2026-01-01', formatExclusiveMaximum: '2026-11-20' }],
    [
      '$ref',
      { properties: { a: { $ref: '#/definitions/x' } }, definitions: { x: { type: 'object', required: ['a'] } } },
    ],
    ['$ref with siblings', { $ref: '#/definitions/x', minLength: 2, definitions: { x: { type: 'string' } } }],
    ['recursion', { properties: { a: { $ref: '#' } }, additionalProperties: false }],
    [
      'mutual recursion',
      {
        $ref: '#/definitions/x',
        definitions: {
          x: { properties: { a: { $ref: '#/definitions/y' } } },
          y: { type: ['object', 'number'], properties: { a: { $ref: '#/definitions/x' } } },
        },
      },
    ],
    [
      'more than eight closed properties',
      {
        properties: Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'kind', 'toString'].map((name) => [name, true]),
        ),
        additionalProperties: false,
      },
    ],
    [
      '__proto__ as a name',
      JSON.parse('{"properties":{"__proto__":{"type":"string"},"a":{}},"additionalProperties":false}'),
    ],
    [
      '__proto__ among many names',
      JSON.parse(
        '{"properties":{"__proto__":{},"a":{},"b":{},"c":{},"d":{},"e":{},"f":{},"g":{},"h":{},"i":{}},"additionalProperties":false}',
      ),
    ],
    ['__proto__ in a constant', JSON.parse('{"const":{"__proto__":{"a":1}}}')],
    [
      'annotations',
      { title: 'x', description: '*/', default: 1, examples: ['`${1}`'], 'x-unit': 'kg', deprecated: true },
    ],
    ['keywords of other drafts', { prefixItems: [{ type: 'string' }], unevaluatedProperties: false, minContains: 2 }],
  ])('agrees with Ajv on %s', (_, schema) => {
    expectSame(schema as never, everything);
  });

  it('keeps text of a schema out of the code, whatever it says', () => {
    const hostile = [
      '"',
      "'",
      '`',
      '\\',
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\u0000',
      '${1}',
      '*/',
      '//',
      '</script>',
      '<!--',
      ']]>',
      '"}; throw 1; const x = {"',
      '`',
      '] } ) => {',
      'e.push(',
      'check0',
      'd0.a',
      'validator',
      'a/b>c@d#e~f',
      '#x/y',
      '@0',
      '~2~02',
      '/*',
      '(?<!--x)',
      '/u;throw 1;/',
      '\u0085\u00ad\ufeff💩',
    ];
    for (const text of hostile) {
      const schema = {
        type: 'object',
        properties: {
          [text]: { enum: [text, { [text]: text }] },
          pattern: { pattern: text.replace(/[\\[\](){}*+?$^|./]/g, '\\$&') },
        },
        required: [text, `${text}2`, `${text}3`],
        additionalProperties: { const: { [text]: [text] } },
        patternProperties: { [`^z${text.replace(/[\\[\](){}*+?$^|./]/g, '\\$&')}`]: { enum: [text] } },
        dependencies: { [text]: [`${text}4`] },
        propertyNames: { not: { const: `${text}5` } },
        description: text,
      };
      const samples = [
        {},
        { [text]: text },
        { [text]: 1, [`${text}2`]: 1, [`z${text}`]: 2 },
        { [`${text}5`]: { [text]: [text] } },
        { pattern: text },
      ];
      expectSame(schema, samples);
      const code = emitValidator({ typeName: 'Thing', payload: schema });
      expect(code).not.toMatch(/<\/script|<!--|\u2028|\u2029/);
    }
  });

  it('writes the same code whatever stands in annotations', () => {
    const plain = emitValidator({ typeName: 'A', payload: { properties: { a: { type: 'string' } } } });
    const annotated = {
      title: 'A',
      properties: { a: { type: 'string', description: 'x', examples: ['y'], 'x-z': 1 } },
    };
    expect(emitValidator({ typeName: 'A', payload: annotated })).toBe(plain);
  });

  it('needs nothing but the runtime: no require, no schema, no default export', () => {
    const payload = {
      type: 'object',
      required: ['id', 'at', 'tags'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        at: { format: 'date-time' },
        tags: { type: 'array', uniqueItems: true, items: { maxLength: 3 } },
      },
    };
    const code = emitValidator({ typeName: 'Order', payload });
    expect(code).toMatch(/^import \{ [\w, ]+ \} from '@eventloom\/runtime\/validation';\n\n/);
    expect(code).toContain('export const validateOrder = ');
    expect(code).not.toMatch(/require\(|schema|default|eval|Function/);
  });

  it('stays small: ten properties with two nested objects in less than 3.5 KB', () => {
    const text = (more: object) => ({ type: 'string', ...more });
    const payload = {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'kind', 'amount', 'currency', 'createdAt', 'customer', 'lines'],
      properties: {
        id: text({ format: 'uuid' }),
        kind: text({ enum: ['created', 'changed', 'removed'] }),
        amount: { type: 'number', minimum: 0 },
        currency: text({ pattern: '^[A-Z]{3}$' }),
        createdAt: text({ format: 'date-time' }),
        reference: { type: ['string', 'null'], maxLength: 40 },
        priority: { type: 'integer', minimum: 1, maximum: 9 },
        urgent: { type: 'boolean' },
        customer: {
          type: 'object',
          required: ['customerId'],
          properties: { customerId: text({ minLength: 1 }), email: text({ format: 'email' }) },
        },
        lines: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['sku', 'quantity'],
            properties: { sku: text({}), quantity: { type: 'integer', minimum: 1 } },
          },
        },
      },
    };
    expect(emitValidator({ typeName: 'ThingHappened', payload }).length).toBeLessThan(3_500);
  });
});

/** A schema with values that its type must take, and values that it must not, written as literals. */
export interface TypeCase {
  readonly name: string;
  readonly schema: unknown;
  readonly fits: readonly unknown[];
  readonly fails: readonly unknown[];
}

const text = { type: 'string' };
const object = (
  properties: object,
  required: readonly string[] = Object.keys(properties),
  more: object = {},
): object => ({
  type: 'object',
  properties,
  required,
  ...more,
});

/** Draft-07, keyword by keyword, and the ways in which people combine them. Every value here is judged by Ajv as well. */
export const typeCases: readonly TypeCase[] = [
  {
    name: 'required and optional',
    schema: object({ a: text, b: { type: 'number' } }, ['a']),
    fits: [{ a: 'x' }, { a: 'x', b: 1 }],
    fails: [{}, { b: 1 }, { a: 1 }, { a: 'x', b: 'y' }, { a: null }],
  },
  { name: 'optional is not nullable', schema: object({ a: text }, []), fits: [{}], fails: [{ a: null }] },
  {
    name: 'nullable is not optional',
    schema: object({ a: { type: ['string', 'null'] } }),
    fits: [{ a: null }, { a: 'x' }],
    fails: [{}, { a: 1 }],
  },
  {
    name: 'nullable of OpenAPI',
    schema: object({ a: { type: 'string', nullable: true } }),
    fits: [{ a: null }, { a: 'x' }],
    fails: [{}, { a: 1 }],
  },
  {
    name: 'integers are numbers',
    schema: object({ a: { type: 'integer' } }),
    fits: [{ a: 1 }],
    fails: [{ a: '1' }, { a: true }],
  },
  {
    name: 'several types',
    schema: object({ a: { type: ['string', 'number', 'boolean'] } }),
    fits: [{ a: 'x' }, { a: 1 }, { a: false }],
    fails: [{ a: null }, { a: [] }],
  },
  {
    name: 'enum',
    schema: object({ a: { enum: ['x', 'y'] } }),
    fits: [{ a: 'x' }, { a: 'y' }],
    fails: [{ a: 'z' }, { a: 1 }],
  },
  {
    name: 'enum of mixed values',
    schema: object({ a: { enum: ['x', 1, true, null] } }),
    fits: [{ a: 'x' }, { a: 1 }, { a: true }, { a: null }],
    fails: [{ a: 2 }, { a: false }, { a: 'y' }],
  },
  {
    name: 'enum filtered by type',
    schema: object({ a: { type: 'string', enum: ['x', 1, null] } }),
    fits: [{ a: 'x' }],
    fails: [{ a: 1 }, { a: null }],
  },
  {
    name: 'enum filtered by other keywords',
    schema: object({ a: { enum: ['x', 'long'], maxLength: 1 } }),
    fits: [{ a: 'x' }],
    fails: [{ a: 'long' }],
  },
  {
    name: 'enum of both truth values',
    schema: object({ a: { enum: [true, false] } }),
    fits: [{ a: true }, { a: false }],
    fails: [{ a: 'true' }],
  },
  {
    name: 'enum of one truth value',
    schema: object({ a: { type: 'boolean', enum: [true] } }),
    fits: [{ a: true }],
    fails: [{ a: false }],
  },
  {
    name: 'const',
    schema: object({ a: { const: 'x' }, b: { const: 1 }, c: { const: null } }),
    fits: [{ a: 'x', b: 1, c: null }],
    fails: [
      { a: 'y', b: 1, c: null },
      { a: 'x', b: 2, c: null },
      { a: 'x', b: 1, c: 0 },
    ],
  },
  {
    name: 'const of an object',
    schema: object({ a: { const: { x: [1, 'y'] } } }),
    fits: [{ a: { x: [1, 'y'] } }],
    fails: [{ a: { x: [1] } }, { a: { x: [1, 'z'] } }, { a: {} }, { a: { x: [1, 'y'], z: 1 } }],
  },
  {
    name: 'arrays',
    schema: object({ a: { type: 'array', items: text } }),
    fits: [{ a: [] }, { a: ['x', 'y'] }],
    fails: [{ a: [1] }, { a: 'x' }, { a: {} }],
  },
  {
    name: 'arrays of anything',
    schema: object({ a: { type: 'array' } }),
    fits: [{ a: [1, 'x', null] }],
    fails: [{ a: {} }, { a: 1 }],
  },
  {
    name: 'arrays that are not empty',
    schema: object({ a: { type: 'array', items: text, minItems: 1 } }),
    fits: [{ a: ['x'] }, { a: ['x', 'y'] }],
    fails: [{ a: [] }, { a: [1] }, { a: ['x', 1] }],
  },
  {
    name: 'arrays of at least two',
    schema: object({ a: { type: 'array', items: text, minItems: 2 } }),
    fits: [{ a: ['x', 'y'] }, { a: ['x', 'y', 'z'] }],
    fails: [{ a: ['x'] }],
  },
  {
    name: 'arrays of a fixed length',
    schema: object({ a: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } }),
    fits: [{ a: [1, 2] }],
    fails: [{ a: [1] }, { a: [1, 2, 3] }],
  },
  {
    name: 'arrays that must be empty',
    schema: object({ a: { type: 'array', maxItems: 0 } }),
    fits: [{ a: [] }],
    fails: [{ a: [1] }],
  },
  {
    name: 'contains makes an array not empty',
    schema: object({ a: { type: 'array', items: text, contains: { const: 'x' } } }),
    fits: [{ a: ['x'] }, { a: ['y', 'x'] }],
    fails: [{ a: [] }],
  },
  {
    name: 'arrays of arrays',
    schema: object({ a: { type: 'array', items: { type: 'array', items: { type: 'number' } } } }),
    fits: [{ a: [[1], []] }],
    fails: [{ a: [1] }, { a: [['x']] }],
  },
  {
    name: 'arrays of unions',
    schema: object({ a: { type: 'array', items: { type: ['string', 'null'] } } }),
    fits: [{ a: ['x', null] }],
    fails: [{ a: [1] }],
  },
  {
    name: 'closed tuples',
    schema: object({ a: { type: 'array', items: [text, { type: 'number' }], minItems: 2, additionalItems: false } }),
    fits: [{ a: ['x', 1] }],
    fails: [{ a: ['x'] }, { a: ['x', 1, 2] }, { a: [1, 'x'] }],
  },
  {
    name: 'tuples with optional elements',
    schema: object({ a: { type: 'array', items: [text, { type: 'number' }], minItems: 1, additionalItems: false } }),
    fits: [{ a: ['x'] }, { a: ['x', 1] }],
    fails: [{ a: [] }, { a: ['x', 'y'] }, { a: ['x', 1, 1] }],
  },
  {
    name: 'open tuples',
    schema: object({ a: { type: 'array', items: [text], minItems: 1 } }),
    fits: [{ a: ['x'] }, { a: ['x', 1, null] }],
    fails: [{ a: [1] }, { a: [] }],
  },
  {
    name: 'tuples with a rest',
    schema: object({ a: { type: 'array', items: [text], minItems: 1, additionalItems: { type: 'number' } } }),
    fits: [{ a: ['x'] }, { a: ['x', 1, 2] }],
    fails: [{ a: ['x', 'y'] }],
  },
  {
    name: 'tuples cut by maxItems',
    schema: object({ a: { type: 'array', items: [text, text], maxItems: 1 } }),
    fits: [{ a: [] }, { a: ['x'] }],
    fails: [{ a: ['x', 'y'] }],
  },
  {
    name: 'closed objects',
    schema: object({ a: text }, [], { additionalProperties: false }),
    fits: [{}, { a: 'x' }],
    fails: [{ b: 1 }, { a: 'x', b: 1 }],
  },
  {
    name: 'empty closed objects',
    schema: object({ a: { type: 'object', additionalProperties: false } }),
    fits: [{ a: {} }],
    fails: [{ a: { b: 1 } }, { a: 1 }],
  },
  {
    name: 'objects of anything',
    schema: object({ a: { type: 'object' } }),
    fits: [{ a: {} }, { a: { b: [1] } }],
    fails: [{ a: 1 }, { a: 'x' }, { a: null }],
  },
  {
    name: 'objects said to be open',
    schema: object({ a: text }, ['a'], { additionalProperties: true }),
    fits: [{ a: 'x', other: [1] }],
    fails: [{ a: 1 }, { other: 1 }],
  },
  {
    name: 'maps',
    schema: object({ a: { type: 'object', additionalProperties: { type: 'number' } } }),
    fits: [{ a: {} }, { a: { x: 1, y: 2 } }],
    fails: [{ a: { x: 'y' } }],
  },
  {
    name: 'maps with declared keys',
    schema: object({ a: text }, ['a'], { additionalProperties: { type: 'number' } }),
    fits: [{ a: 'x' }, { a: 'x', b: 1 }],
    fails: [{ a: 1 }, { b: 1 }, { a: 'x', b: true }],
  },
  {
    name: 'patternProperties',
    schema: object({
      a: { type: 'object', patternProperties: { '^n': { type: 'number' } }, additionalProperties: false },
    }),
    fits: [{ a: { n1: 1 } }],
    fails: [{ a: { n1: 'x' } }],
  },
  {
    name: 'patternProperties restrict declared names',
    schema: object({ n1: { enum: [1, 'x'] } }, ['n1'], { patternProperties: { '^n': { type: 'number' } } }),
    fits: [{ n1: 1 }],
    fails: [{ n1: 'x' }],
  },
  {
    name: 'listed property names',
    schema: object({
      a: { type: 'object', propertyNames: { enum: ['x', 'y'] }, additionalProperties: { type: 'number' } },
    }),
    fits: [{ a: {} }, { a: { x: 1 } }],
    fails: [{ a: { z: 1 } }, { a: { x: 'y' } }],
  },
  {
    name: 'required without a description',
    schema: { type: 'object', required: ['a'] },
    fits: [{ a: 1 }, { a: null }],
    fails: [{}],
  },
  {
    name: 'forbidden properties',
    schema: object({ a: text, b: false }, ['a']),
    fits: [{ a: 'x' }],
    fails: [{ a: 'x', b: 1 }],
  },
  {
    name: 'nested objects',
    schema: object({ a: object({ b: object({ c: text }) }) }),
    fits: [{ a: { b: { c: 'x' } } }],
    fails: [{ a: {} }, { a: { b: { c: 1 } } }],
  },
  {
    name: 'nullable objects',
    schema: object({ a: { ...object({ b: text }), type: ['object', 'null'] } }),
    fits: [{ a: null }, { a: { b: 'x' } }],
    fails: [{ a: {} }, {}],
  },
  {
    name: 'allOf of objects',
    schema: { type: 'object', allOf: [object({ a: text }), object({ b: { type: 'number' } })] },
    fits: [{ a: 'x', b: 1 }],
    fails: [{ a: 'x' }, { b: 1 }, { a: 1, b: 1 }],
  },
  {
    name: 'allOf narrows a property',
    schema: { allOf: [object({ a: { enum: ['x', 'y'] } }), object({ a: { const: 'x' } })] },
    fits: [{ a: 'x' }],
    fails: [{ a: 'y' }],
  },
  {
    name: 'allOf with a definition',
    schema: {
      allOf: [{ $ref: '#/definitions/base' }, object({ b: text })],
      definitions: { base: object({ a: text }) },
    },
    fits: [{ a: 'x', b: 'y' }],
    fails: [{ a: 'x' }, { b: 'y' }],
  },
  {
    name: 'siblings of $ref count',
    schema: object({ a: { $ref: '#/definitions/x', enum: ['u', 'v'] } }, ['a'], {
      definitions: { x: { enum: ['v', 'w'] } },
    }),
    fits: [{ a: 'v' }],
    fails: [{ a: 'u' }, { a: 'w' }],
  },
  {
    name: 'discriminated unions',
    schema: {
      oneOf: [object({ kind: { const: 'a' }, x: text }), object({ kind: { const: 'b' }, y: { type: 'number' } })],
    },
    fits: [
      { kind: 'a', x: 'u' },
      { kind: 'b', y: 1 },
    ],
    fails: [{ kind: 'a', y: 1 }, { kind: 'c' }, { kind: 'b', x: 'u' }],
  },
  {
    name: 'unions beside common properties',
    schema: {
      ...object({ id: text, kind: { enum: ['a', 'b', 'c'] } }),
      oneOf: [object({ kind: { const: 'a' }, x: text }), object({ kind: { const: 'b' } })],
    },
    fits: [
      { id: 'i', kind: 'a', x: 'u' },
      { id: 'i', kind: 'b' },
    ],
    fails: [{ id: 'i', kind: 'a' }, { kind: 'b' }, { id: 'i', kind: 'c' }],
  },
  {
    name: 'unions of definitions',
    schema: {
      oneOf: [{ $ref: '#/definitions/a' }, { $ref: '#/definitions/b' }],
      definitions: { a: object({ kind: { const: 'a' } }), b: object({ kind: { const: 'b' }, n: { type: 'number' } }) },
    },
    fits: [{ kind: 'a' }, { kind: 'b', n: 1 }],
    fails: [{ kind: 'b' }, {}],
  },
  {
    name: 'anyOf of required',
    schema: { ...object({ a: text, b: text }, []), anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    fits: [{ a: 'x' }, { b: 'x' }, { a: 'x', b: 'y' }],
    fails: [{}, { a: 1 }],
  },
  {
    name: 'oneOf with not required',
    schema: {
      ...object({ a: text, b: text }, []),
      oneOf: [
        { required: ['a'], not: { required: ['b'] } },
        { required: ['b'], not: { required: ['a'] } },
      ],
    },
    fits: [{ a: 'x' }, { b: 'x' }],
    fails: [{}, { a: 'x', b: 'y' }],
  },
  {
    name: 'unions of scalars',
    schema: object({ a: { anyOf: [text, { type: 'array', items: text }] } }),
    fits: [{ a: 'x' }, { a: ['x'] }],
    fails: [{ a: 1 }, { a: [1] }],
  },
  {
    name: 'unions within a property',
    schema: object({ a: { oneOf: [object({ x: text }), { type: 'null' }] } }),
    fits: [{ a: null }, { a: { x: 'y' } }],
    fails: [{ a: {} }, {}],
  },
  {
    name: 'type beside a union',
    schema: object({ a: { type: 'string', anyOf: [{ const: 'x' }, { const: 1 }, { pattern: '^y' }] } }),
    fits: [{ a: 'x' }, { a: 'yy' }],
    fails: [{ a: 1 }],
  },
  {
    name: 'not type',
    schema: object({ a: { not: { type: 'null' } } }),
    fits: [{ a: 'x' }, { a: [1] }],
    fails: [{ a: null }],
  },
  {
    name: 'not values',
    schema: object({ a: { enum: ['x', 'y', 'z'], not: { enum: ['z'] } } }),
    fits: [{ a: 'x' }],
    fails: [{ a: 'z' }],
  },
  {
    name: 'if, then, else of a property with few values',
    schema: {
      ...object({ kind: { enum: ['a', 'b'] }, x: text, y: text }, ['kind']),
      if: { properties: { kind: { const: 'a' } } },
      then: { required: ['x'] },
      else: { required: ['y'] },
    },
    fits: [
      { kind: 'a', x: 'u' },
      { kind: 'b', y: 'u' },
    ],
    fails: [{ kind: 'a' }, { kind: 'b', x: 'u' }, { kind: 'c', x: 'u', y: 'u' }],
  },
  {
    name: 'several conditions',
    schema: {
      ...object({ kind: { enum: ['a', 'b', 'c'] } }),
      allOf: [
        { if: { properties: { kind: { const: 'a' } } }, then: object({ x: text }) },
        { if: { properties: { kind: { const: 'b' } } }, then: object({ y: text }) },
      ],
    },
    fits: [{ kind: 'a', x: 'u' }, { kind: 'b', y: 'u' }, { kind: 'c' }],
    fails: [{ kind: 'a' }, { kind: 'b' }, { kind: 'd' }],
  },
  {
    name: 'other conditions accept both',
    schema: {
      ...object({ n: { type: 'number' }, x: text }, ['n']),
      if: { properties: { n: { minimum: 10 } } },
      then: { required: ['x'] },
    },
    fits: [{ n: 1 }, { n: 10, x: 'u' }],
    fails: [{ x: 'u' }],
  },
  {
    name: 'dependencies',
    schema: { ...object({ card: text, address: text }, []), dependencies: { card: ['address'] } },
    fits: [{}, { address: 'x' }, { card: 'x', address: 'y' }],
    fails: [{ card: 'x' }],
  },
  {
    name: 'dependencies on schemas',
    schema: { ...object({ card: text }, []), dependencies: { card: object({ cvc: text }) } },
    fits: [{}, { card: 'x', cvc: 'y' }],
    fails: [{ card: 'x' }, { card: 'x', cvc: 1 }],
  },
  {
    name: 'recursion',
    schema: object({ name: text, children: { type: 'array', items: { $ref: '#' } } }, ['name']),
    fits: [{ name: 'x', children: [{ name: 'y', children: [] }] }],
    fails: [
      { name: 'x', children: [{}] },
      { name: 'x', children: ['y'] },
    ],
  },
  {
    name: 'recursion through definitions',
    schema: object({ tree: { $ref: '#/definitions/node' } }, ['tree'], {
      definitions: {
        node: {
          oneOf: [text, object({ left: { $ref: '#/definitions/node' }, right: { $ref: '#/definitions/node' } })],
        },
      },
    }),
    fits: [{ tree: 'x' }, { tree: { left: 'x', right: { left: 'y', right: 'z' } } }],
    fails: [{ tree: 1 }, { tree: { left: 'x' } }],
  },
  {
    name: 'recursive lists',
    schema: object({ a: { $ref: '#/definitions/json' } }, ['a'], {
      definitions: { json: { anyOf: [text, { type: 'array', items: { $ref: '#/definitions/json' } }] } },
    }),
    fits: [{ a: ['x', ['y', []]] }],
    fails: [{ a: [1] }],
  },
  {
    name: 'merged recursion',
    schema: object({ a: { $ref: '#/definitions/tree' } }, ['a'], {
      definitions: {
        node: object({ child: { $ref: '#/definitions/node' } }, []),
        tree: {
          allOf: [{ $ref: '#/definitions/node' }, object({ child: { $ref: '#/definitions/tree' }, id: text }, ['id'])],
        },
      },
    }),
    fits: [{ a: { id: 'x', child: { id: 'y' } } }],
    fails: [{ a: {} }, { a: { id: 'x', child: {} } }],
  },
  {
    name: 'properties without a type, in a property',
    schema: object({ a: { properties: { b: text } } }),
    fits: [{ a: { b: 'x' } }, { a: 'x' }, { a: null }],
    fails: [{ a: { b: 1 } }, {}],
  },
  {
    name: 'properties without a type, of the payload',
    schema: { properties: { a: text }, required: ['a'] },
    fits: [{ a: 'x' }],
    fails: [{}, { a: 1 }],
  },
  { name: 'anything', schema: object({ a: {}, b: true }), fits: [{ a: 1, b: null }], fails: [{ a: 1 }, {}] },
  {
    name: 'awkward names',
    schema: object({ 'a-b': text, 'c d': text, 1: text, new: text, 'it\'s "x"': text, 'a\nb': text }),
    fits: [{ 'a-b': 'x', 'c d': 'x', 1: 'x', new: 'x', 'it\'s "x"': 'x', 'a\nb': 'x' }],
    fails: [{ 'a-b': 1, 'c d': 'x', 1: 'x', new: 'x', 'it\'s "x"': 'x', 'a\nb': 'x' }],
  },
  {
    name: 'awkward values',
    schema: object({ a: { enum: ["'", '"', '\\', '\n', '*/', '`${x}`', '</script>'] } }),
    fits: [{ a: "'" }, { a: '"' }, { a: '\\' }, { a: '\n' }, { a: '*/' }, { a: '`${x}`' }],
    fails: [{ a: 'x' }],
  },
  {
    name: 'names that objects inherit',
    schema: object({ constructor: text, toString: { type: 'number' } }),
    fits: [{ constructor: 'x', toString: 1 }],
    fails: [{ constructor: 1, toString: 1 }],
  },
  {
    name: 'a list as payload',
    schema: { type: 'array', items: object({ a: text }) },
    fits: [[], [{ a: 'x' }]],
    fails: [[{}], {}],
  },
  { name: 'a scalar as payload', schema: { type: 'string' }, fits: ['x'], fails: [1, {}] },
  { name: 'anything as payload', schema: true, fits: [1, {}, null], fails: [] },
];

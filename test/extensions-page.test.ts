import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { extensionSchemas, extensionsPage } from '../docs/make-extensions.ts';
import { fieldsOf } from '../docs/schema-fields.ts';
import { extensionPlaces } from '../generator/src/model/read/extension-keys.ts';
import { repository } from './support/repository.ts';

const ajv = new Ajv({ strict: false, schemas: [...extensionSchemas.values()] });
const extensions = Object.keys(extensionPlaces).map(
  (name) => [name, extensionSchemas.get(`${name}.schema.json`)] as const,
);

describe('docs/extensions.md', () => {
  test('is what docs/make-extensions.ts writes', () => {
    expect(readFileSync(`${repository}docs/extensions.md`, 'utf8')).toBe(extensionsPage());
  });

  test.each(extensions)('%s says what it is, and shows an example that is right by its own schema', (name, schema) => {
    expect(schema?.description, name).toMatch(/\.$/);
    const examples = schema?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect([example, ajv.validate(`${name}.schema.json`, example)]).toEqual([example, true]);
  });

  test.each(extensions)('every field of %s says what it means', (_, schema) => {
    const { fields } = fieldsOf(schema ?? {}, extensionSchemas);
    expect(fields.filter(({ description }) => description === '').map(({ path }) => path)).toEqual([]);
  });

  test('shows fields below references, alternatives, lists and maps', () => {
    const schema = {
      definitions: { bounds: { properties: { least: { type: 'integer', minimum: 1, default: 2, description: 'a' } } } },
      required: ['of'],
      properties: {
        of: { oneOf: [{ const: false }, { $ref: '#/definitions/bounds' }] },
        by: { type: 'object', additionalProperties: { properties: { name: { enum: ['x', 'y'] } } } },
        list: {
          type: 'array',
          maxItems: 3,
          minItems: 1,
          items: { properties: { more: { type: ['string', 'null'] } } },
        },
      },
    };
    const { fields } = fieldsOf(schema, new Map());
    expect(fields.map(({ path, type, range, isRequired }) => [path, type, range, isRequired])).toEqual([
      ['of', '`false` or any value', '', true],
      ['of.least', 'whole number', 'from 1', false],
      ['by', 'object', '', false],
      ['by.<name>.name', '`x` or `y`', '', false],
      ['list', 'list of any value', '1 to 3', false],
      ['list[].more', 'text or `null`', '', false],
    ]);
  });

  test('opens a schema that holds itself once', () => {
    const schema = { properties: { inner: { $ref: '#' }, name: { type: 'string' } } };
    expect(fieldsOf(schema, new Map()).fields.map(({ path }) => path)).toEqual(['inner', 'name']);
  });
});

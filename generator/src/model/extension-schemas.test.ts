import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deliveryDefaults, idempotencyDefaults } from './delivery-defaults.ts';
import { deliveryFields } from './read/delivery-options.ts';
import { extensionPlaces } from './read/extension-keys.ts';

const folder = new URL('../../../schemas/extensions/', import.meta.url);

interface ExtensionSchema {
  readonly $id: string;
  readonly properties?: Readonly<
    Record<string, { readonly minimum?: number; readonly maximum?: number; readonly default?: unknown }>
  >;
  readonly examples?: readonly unknown[];
}

const schemas = new Map(
  readdirSync(folder).map((file) => [
    file.replace('.schema.json', ''),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as ExtensionSchema,
  ]),
);

function schemaOf(name: string): ExtensionSchema {
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`no schema ${name}`);
  return schema;
}

const ajv = new Ajv({ strict: false, schemas: [...schemas.values()] });

describe('the schemas of the extensions', () => {
  it('are there for every extension, and for the document that they stand in', () => {
    expect([...schemas.keys()].sort()).toEqual(['eventloom', ...Object.keys(extensionPlaces)].sort());
  });

  it('have the options of a delivery with their bounds and defaults', () => {
    const { properties = {} } = schemaOf('x-delivery');
    expect(Object.keys(properties).sort()).toEqual(Object.keys(deliveryFields).sort());
    for (const [field, { minimum, maximum, default: byDefault }] of Object.entries(properties)) {
      const shape = deliveryFields[field as keyof typeof deliveryFields];
      expect([field, byDefault]).toEqual([field, deliveryDefaults[field as keyof typeof deliveryDefaults]]);
      if (minimum === undefined || maximum === undefined) continue;
      expect([minimum - 1, minimum, maximum, maximum + 1].map((value) => shape?.parse(value))).toEqual([
        undefined,
        minimum,
        maximum,
        undefined,
      ]);
    }
  });

  it('have the defaults of idempotency', () => {
    const { properties = {} } = schemaOf('x-idempotency');
    expect(properties.ttlSeconds?.default).toBe(idempotencyDefaults.ttlSeconds);
    expect(properties.replays?.default).toBe(idempotencyDefaults.replays);
  });

  it('accept their own examples', () => {
    for (const { $id, examples = [] } of schemas.values()) {
      for (const example of examples) expect([$id, ajv.validate($id, example)]).toEqual([$id, true]);
    }
  });

  it('accept the reference spec, and refuse a misspelt option in it', () => {
    const text = readFileSync(new URL('../../../asyncapi.yaml', import.meta.url), 'utf8');
    const { $id } = schemaOf('eventloom');
    expect([ajv.validate($id, parse(text)), ajv.errors]).toEqual([true, null]);
    expect(ajv.validate($id, parse(text.replace('batchSize:', 'batchsize:')))).toBe(false);
  });

  it.each([
    [{ market: 'eu' }, false],
    [{ market: [] }, false],
    [{ total: [{ numeric: ['<', 1, '>', 0] }] }, false],
    [{ total: [{ numeric: ['>', 0, '<', 1] }] }, true],
    [{ a: { b: [{ prefix: 'x' }, null] } }, true],
    [{ a: [{ prefx: 'x' }] }, false],
    [{ $or: [{ a: [1] }, { b: [2] }] }, true],
  ])('tell the form of the filter %j', (filter, isRight) => {
    expect(ajv.validate(schemaOf('x-filter').$id, filter)).toBe(isRight);
  });
});

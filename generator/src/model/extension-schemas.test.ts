import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deliveryDefaults, idempotencyDefaults } from './delivery-defaults.ts';
import { deliveryFields, deliveryTypes, typesWith } from './read/delivery-fields.ts';
import { extensionPlaces } from './read/extension-keys.ts';
import * as subscriberDefaults from './subscribers/defaults.ts';

const folder = new URL('../../../schemas/extensions/', import.meta.url);

interface ExtensionSchema {
  readonly $id: string;
  readonly properties?: Readonly<
    Record<
      string,
      {
        readonly minimum?: number;
        readonly maximum?: number;
        readonly default?: unknown;
        readonly enum?: readonly unknown[];
      }
    >
  >;
  readonly allOf?: readonly {
    readonly if: { readonly properties: { readonly type: { readonly const: string } } };
    readonly then: { readonly propertyNames: { readonly enum: readonly string[] } };
  }[];
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

/** What is absent by default has none in the schema either. */
const defaultsOfDeliveries: ReadonlyMap<string, unknown> = new Map(
  [
    subscriberDefaults.kinesisDefaults,
    subscriberDefaults.firehoseDefaults,
    subscriberDefaults.endpointDefaults,
    subscriberDefaults.logDefaults,
    { raw: subscriberDefaults.httpDefaults.raw, ...subscriberDefaults.httpDefaults.policy },
    subscriberDefaults.externalDefaults,
    { input: subscriberDefaults.workflowDefaults.input },
    deliveryDefaults,
  ]
    .flatMap((defaults) => Object.entries(defaults))
    .filter(([field, value]) => field !== 'type' && value !== null),
);

describe('the schemas of the extensions', () => {
  it('are there for every extension, and for the document that they stand in', () => {
    expect([...schemas.keys()].sort()).toEqual(['eventloom', ...Object.keys(extensionPlaces)].sort());
  });

  it('have the options of a delivery with their bounds and defaults', () => {
    const { type, ...properties } = schemaOf('x-delivery').properties ?? {};
    expect(type?.enum).toEqual(deliveryTypes);
    expect(type?.default).toBe(deliveryDefaults.type);
    const options = new Set(deliveryTypes.flatMap((one) => Object.keys(deliveryFields[one])));
    expect(Object.keys(properties).sort()).toEqual([...options].sort());
    for (const [field, { minimum, maximum, default: byDefault }] of Object.entries(properties)) {
      expect([field, byDefault]).toEqual([field, defaultsOfDeliveries.get(field)]);
      for (const shape of typesWith(field).map((one) => deliveryFields[one][field])) {
        const [least, most] = [minimum, maximum].map((bound) => (bound === undefined ? [] : [bound]));
        for (const bound of [...(least ?? []), ...(most ?? [])])
          expect([field, shape?.parse(bound)]).toEqual([field, bound]);
        for (const beyond of [...(least ?? []).map((one) => one - 1), ...(most ?? []).map((one) => one + 1)])
          expect([field, shape?.parse(beyond)]).toEqual([field, undefined]);
      }
    }
  });

  it.each(deliveryTypes)('let a delivery of type %s have its own options and no others', (type) => {
    const { allOf = [] } = schemaOf('x-delivery');
    const own = allOf.find((one) => one.if.properties.type.const === type);
    expect(own?.then.propertyNames.enum.slice().sort()).toEqual(['type', ...Object.keys(deliveryFields[type])].sort());
  });

  it.each([
    [{ type: 'workflow', kind: 'kinesis' }, false],
    [{ type: 'stream', kind: 'kinesis' }, true],
    [{ type: 'email', numbers: ['+4915112345678'] }, false],
    [{ type: 'endpoint', url: 'http://plain.example' }, false],
    [
      { type: 'endpoint', url: 'https://x.example', authorization: { kind: 'basic', username: 'a', password: 'b' } },
      false,
    ],
    [{ type: 'log', retentionDays: 2 }, false],
    [{ batchSize: 5 }, true],
  ])('tell the form of the delivery %j', (delivery, isRight) => {
    expect(ajv.validate(schemaOf('x-delivery').$id, delivery)).toBe(isRight);
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

  it.each([
    ['document', { title: 'Shop', logo: './a.SVG', accent: '#0B6e4f', pages: ['./a.md'], links: [] }, true],
    ['document', { services: { fraud: { summary: 'S', links: [{ text: 'a', url: 'mailto:a@b.example' }] } } }, true],
    ['document', { owner: 'A' }, false],
    ['document', { logo: './a.gif' }, false],
    ['document', { accent: 'red' }, false],
    ['document', { pages: ['./a.txt'] }, false],
    ['document', { links: [{ text: 'a', url: 'javascript:a' }] }, false],
    ['document', { links: [{ text: 'a' }] }, false],
    ['document', { services: { fraud: { team: 'A' } } }, false],
    ['message', { owner: 'A', status: 'draft', version: '1', replacedBy: 'B', deprecated: 'Why.' }, true],
    ['message', { changes: [{ version: '1', date: '2026-03-31', changes: ['New.'] }] }, true],
    ['message', { title: 'A' }, false],
    ['message', { owner: ' ' }, false],
    ['message', { status: 'old' }, false],
    ['message', { version: 1 }, false],
    ['message', { changes: [{ version: '1', changes: [] }] }, false],
  ])('tell the form of x-docs on a %s: %j', (place, docs, isRight) => {
    const message = { payload: {}, 'x-docs': docs };
    const spec = place === 'document' ? { 'x-docs': docs } : { components: { messages: { A: message } } };
    expect(ajv.validate(schemaOf('eventloom').$id, spec)).toBe(isRight);
    const inChannel = { channels: { a: { messages: { A: message } } } };
    if (place === 'message') expect(ajv.validate(schemaOf('eventloom').$id, inChannel)).toBe(isRight);
  });
});

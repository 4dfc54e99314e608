import { describe, expect, it } from 'vitest';
import { filesInMemory } from '../../load/read-file.ts';
import { type LoadedModel, loadModel } from '../../load-model.ts';
import { asyncapiBundle } from './asyncapi-bundle.ts';

const head = `asyncapi: 3.0.0
info: { title: Depot, version: 1.0.0 }
servers: { depot: { host: h, protocol: eventbridge } }
`;

/** A channel with one event whose payload is given. */
const withPayload = (payload: string): string => `${head}channels:
  trams:
    address: depot.trams
    messages: { TramArrived: { payload: ${payload} } }
operations:
  tellArrival: { action: send, channel: { $ref: '#/channels/trams' }, x-service: depot }
`;

type Files = Readonly<Record<string, string>>;

async function loaded(text: string, files: Files = {}): Promise<LoadedModel> {
  const result = await loadModel({ spec: 'asyncapi.yaml', io: filesInMemory({ ...files, 'asyncapi.yaml': text }) });
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  return result;
}

/** The document that comes of a spec; it must load alone, to a model with the same events. */
async function bundled(text: string, files: Files = {}): Promise<ReturnType<typeof JSON.parse>> {
  const before = await loaded(text, files);
  const [file, ...more] = asyncapiBundle(before);
  expect({ path: file?.path, more }).toEqual({ path: 'asyncapi.json', more: [] });
  const after = await loaded(String(file?.content));
  expect(after.diagnostics.map(({ code }) => code)).toEqual(before.diagnostics.map(({ code }) => code));
  expect(after.model?.catalog.events.map(({ name, source }) => [name, source])).toEqual(
    before.model?.catalog.events.map(({ name, source }) => [name, source]),
  );
  return JSON.parse(String(file?.content));
}

describe('the bundle of a spec', () => {
  it('is the spec itself, in its order, when there is one file', async () => {
    const text = withPayload(`{ type: object, properties: { line: { type: string }, at: { type: string } } }`);
    const document = await bundled(text);
    expect(Object.keys(document)).toEqual(['asyncapi', 'info', 'servers', 'channels', 'operations']);
    expect(Object.keys(document.channels.trams.messages.TramArrived.payload.properties)).toEqual(['line', 'at']);
    expect(document.operations.tellArrival.channel).toEqual({ $ref: '#/channels/trams' });
  });

  it('moves schemas of other files below components, also those that they refer to', async () => {
    const document = await bundled(withPayload(`{ $ref: './schemas/tram-arrived.schema.json' }`), {
      'schemas/tram-arrived.schema.json': `{ "type": "object", "properties": {
        "stop": { "$ref": "../common/stop.json" },
        "driver": { "$ref": "../common/people.json#/definitions/driver" } } }`,
      'common/stop.json': '{ "type": "string", "minLength": 2 }',
      'common/people.json': '{ "definitions": { "driver": { "type": "string" }, "unused": {} } }',
    });
    expect(document.channels.trams.messages.TramArrived.payload).toEqual({ $ref: '#/components/schemas/tram-arrived' });
    expect(document.components.schemas).toEqual({
      'tram-arrived': {
        type: 'object',
        properties: {
          stop: { $ref: '#/components/schemas/stop' },
          driver: { $ref: '#/components/schemas/driver' },
        },
      },
      stop: { type: 'string', minLength: 2 },
      driver: { type: 'string' },
    });
  });

  it('keeps recursive schemas recursive', async () => {
    const document = await bundled(withPayload(`{ $ref: './tree.json' }`), {
      'tree.json': `{ "type": "object", "properties": {
        "children": { "type": "array", "items": { "$ref": "#" } },
        "twin": { "$ref": "#/definitions/twin" } },
        "definitions": { "twin": { "properties": { "twin": { "$ref": "#/definitions/twin" } } } } }`,
    });
    const { tree } = document.components.schemas;
    expect(tree.properties.children.items).toEqual({ $ref: '#/components/schemas/tree' });
    expect(tree.properties.twin).toEqual({ $ref: '#/components/schemas/tree/definitions/twin' });
    expect(tree.definitions.twin.properties.twin).toEqual({ $ref: '#/components/schemas/tree/definitions/twin' });
  });

  it('gives two files of one name two names, and takes none that the spec has', async () => {
    const document = await bundled(
      `${withPayload(`{ properties: { a: { $ref: a/point.json }, b: { $ref: b/point.json }, c: { $ref: 'b.point.json' } } }`)}
components: { schemas: { point: { type: boolean }, a.point: { type: boolean } } }`,
      {
        'a/point.json': '{ "type": "number" }',
        'b/point.json': '{ "type": "string" }',
        'b.point.json': '{ "type": "array" }',
      },
    );
    const { properties } = document.channels.trams.messages.TramArrived.payload;
    expect(properties).toEqual({
      a: { $ref: '#/components/schemas/point-2' },
      b: { $ref: '#/components/schemas/b.point' },
      c: { $ref: '#/components/schemas/b.point-2' },
    });
    expect(Object.keys(document.components.schemas)).toEqual(['point', 'a.point', 'point-2', 'b.point', 'b.point-2']);
  });

  it('puts channels, servers and operations of other files where the spec names them', async () => {
    const document = await bundled(
      `asyncapi: 3.0.0
info: { title: Depot, version: 1.0.0 }
servers: { depot: { $ref: './parts/servers.yaml#/depot' } }
channels: { trams: { $ref: './parts/channels.yaml#/trams' } }
operations:
  tellArrival: { $ref: './parts/operations.yaml#/tellArrival' }
  clean:
    action: receive
    channel: { $ref: './parts/channels.yaml#/trams' }
    messages: [{ $ref: './parts/channels.yaml#/trams/messages/TramArrived' }]
    x-service: yard
    x-emits: [{ $ref: '#/channels/trams/messages/TramCleaned' }]
`,
      {
        'parts/servers.yaml': `depot: { host: h, protocol: eventbridge }`,
        'parts/channels.yaml': `trams:
  address: depot.trams
  servers: [{ $ref: './servers.yaml#/depot' }]
  messages:
    TramArrived: { $ref: './messages.yaml#/TramArrived' }
    TramCleaned: { $ref: './messages.yaml#/TramCleaned' }`,
        'parts/messages.yaml': `TramArrived: { payload: { $ref: '../tram.json' }, traits: [{ $ref: './traits.yaml#/plain' }] }
TramCleaned: { payload: { $ref: '../tram.json' } }`,
        'parts/traits.yaml': 'plain: { contentType: application/json }',
        'parts/operations.yaml': `tellArrival:
  action: send
  channel: { $ref: './channels.yaml#/trams' }
  x-service: depot`,
        'tram.json': '{ "type": "object" }',
      },
    );
    expect(document.servers.depot.protocol).toBe('eventbridge');
    expect(document.channels.trams).toEqual({
      address: 'depot.trams',
      servers: [{ $ref: '#/servers/depot' }],
      messages: {
        TramArrived: { $ref: '#/components/messages/TramArrived' },
        TramCleaned: { $ref: '#/components/messages/TramCleaned' },
      },
    });
    expect(document.operations.tellArrival.channel).toEqual({ $ref: '#/channels/trams' });
    expect(document.operations.clean.messages).toEqual([{ $ref: '#/channels/trams/messages/TramArrived' }]);
    expect(document.operations.clean['x-emits']).toEqual([{ $ref: '#/channels/trams/messages/TramCleaned' }]);
    expect(document.components).toEqual({
      messages: {
        TramArrived: {
          payload: { $ref: '#/components/schemas/tram' },
          traits: [{ $ref: '#/components/messageTraits/plain' }],
        },
        TramCleaned: { payload: { $ref: '#/components/schemas/tram' } },
      },
      messageTraits: { plain: { contentType: 'application/json' } },
      schemas: { tram: { type: 'object' } },
    });
  });

  it('puts options that stand in another file in their place', async () => {
    const document = await bundled(
      `${withPayload('{ type: object }')}  clean:
    action: receive
    channel: { $ref: '#/channels/trams' }
    x-service: yard
    x-delivery: { $ref: './parts/slow.yaml' }
`,
      { 'parts/slow.yaml': 'type: queue\ntimeoutSeconds: 60' },
    );
    expect(document.operations.clean['x-delivery']).toEqual({ type: 'queue', timeoutSeconds: 60 });
  });

  it('leaves data alone that only looks like a reference or a name', async () => {
    const payload = `{ properties: { $id: { type: string }, $ref: { const: { $ref: ./none.json } } }, examples: [{ $ref: ./none.json }] }`;
    const document = await bundled(withPayload(payload));
    const schema = document.channels.trams.messages.TramArrived.payload;
    expect(schema.properties).toEqual({ $id: { type: 'string' }, $ref: { const: { $ref: './none.json' } } });
    expect(schema.examples).toEqual([{ $ref: './none.json' }]);
  });

  it('keeps keys that mean something to JavaScript, whatever they are', async () => {
    const document = await bundled(withPayload(`{ $ref: './__proto__.json#/definitions/__proto__' }`), {
      '__proto__.json': `{ "definitions": { "__proto__": { "properties": { "__proto__": { "$ref": "#/definitions/constructor" } } },
        "constructor": { "type": "string" } } }`,
    });
    const [first, second] = Object.keys(document.components.schemas);
    expect(document.channels.trams.messages.TramArrived.payload).toEqual({ $ref: `#/components/schemas/${first}` });
    const { properties } = document.components.schemas[String(first)];
    expect(Object.keys(properties)).toEqual(['__proto__']);
    expect(Object.getOwnPropertyDescriptor(properties, '__proto__')?.value).toEqual({
      $ref: `#/components/schemas/${second}`,
    });
  });

  it('finds schemas by their names, which the document does without', async () => {
    const document = await bundled(withPayload(`{ $ref: './fleet.json' }`), {
      'fleet.json': `{ "$id": "https://example.com/fleet", "properties": { "tram": { "$ref": "#tram" }, "age": { "$ref": "#/definitions/age" } },
        "definitions": { "tram": { "$id": "#tram", "type": "string" }, "age": { "type": "number" } } }`,
    });
    const { fleet } = document.components.schemas;
    expect(JSON.stringify(fleet)).not.toContain('$id');
    expect(fleet.properties).toEqual({
      tram: { $ref: '#/components/schemas/fleet/definitions/tram' },
      age: { $ref: '#/components/schemas/fleet/definitions/age' },
    });
  });

  it('spells places whose names need it', async () => {
    const document = await bundled(withPayload(`{ $ref: './odd names.json' }`), {
      'odd names.json': `{ "definitions": { "a/b ~%#☃": { "type": "string" } }, "properties": { "x": { "$ref": "#/definitions/a~1b%20~0%25%23%E2%98%83" } } }`,
    });
    expect(document.components.schemas.odd_names.properties.x).toEqual({
      $ref: '#/components/schemas/odd_names/definitions/a~1b%20~0%25%23%E2%98%83',
    });
  });

  it('is the same, byte for byte, each time', async () => {
    const files = { 'a.json': '{ "properties": { "b": { "$ref": "b.json" } } }', 'b.json': '{ "type": "string" }' };
    const text = withPayload('{ $ref: a.json }');
    const [first, second] = [await loaded(text, files), await loaded(text, files)];
    expect(asyncapiBundle(first)).toEqual(asyncapiBundle(second));
  });

  it('does not mention files of the site', async () => {
    const settings = 'x-docs: { title: Depot, logo: ./logo.svg, pages: [./a.md] }\n';
    const files = { 'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', 'a.md': '# A\n' };
    const document = await bundled(`${withPayload('{ type: object }')}${settings}`, files);
    expect(document['x-docs']).toEqual({ title: 'Depot' });
  });
});

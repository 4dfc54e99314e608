import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Consumer } from '@eventloom/engine';
import { afterAll, describe, expect, test } from 'vitest';
import type { ConsumerModel, EventModel, EventType, MessageType, ServiceModel } from '../model/event-model.ts';
import type { Doc, TypeExpression } from '../model/type-expression.ts';
import { emit } from './emit.ts';
import type { GeneratedFile } from './generated-file.ts';

const origin = { file: 'asyncapi.yaml', pointer: '', line: 1, column: 1 };
const oddName = `it's \${x} */`;
const hostile = `Ends */ here\`\${1}\`\n@deprecated */ alert(1) /*\u2028export const x = 1; </script> '"\\`;
const noDoc: Doc = { description: null, facts: [], examples: [], deprecated: false };
const text: TypeExpression = { kind: 'primitive', name: 'string' };

function object(properties: Record<string, TypeExpression>): TypeExpression {
  const entries = Object.entries(properties);
  return {
    kind: 'object',
    index: null,
    isClosed: false,
    properties: entries.map(([name, type]) => ({ name, type, required: true, doc: noDoc })),
  };
}

function message(typeName: string, fileName: string, change: Partial<MessageType> = {}): MessageType {
  return {
    name: typeName,
    typeName,
    fileName,
    reference: `asyncapi.yaml#/components/messages/${typeName}`,
    doc: { ...noDoc, description: `Says that ${typeName} happened.` },
    payload: { type: 'object', properties: { market: { enum: ['eu', 'us'] } }, required: ['market'] },
    types: [{ name: typeName, doc: noDoc, type: object({ market: { kind: 'union', members: literals('eu', 'us') } }) }],
    headers: [],
    correlation: null,
    examples: [],
    origin,
    ...change,
  };
}

function literal(value: string): TypeExpression {
  return { kind: 'literal', value };
}

function literals(...values: string[]): TypeExpression[] {
  return values.map(literal);
}

function event(typeName: string, source: string, destination: string, name = typeName): EventType {
  return { name, source, channel: 'orders', message: typeName, destination, ordering: null, origin };
}

function consumer(
  service: string,
  name: string,
  change: Partial<ConsumerModel> = {},
  wiring: Partial<Consumer> = {},
): ConsumerModel {
  const typeName = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    wiring: {
      key: `${service}/${name}`,
      service,
      consumer: name,
      constructId: typeName,
      description: null,
      handler: `${service}/${name}`,
      routes: [
        {
          kind: 'eventbridge',
          operation: name,
          constructId: typeName,
          events: [{ name: 'OrderPlaced', source: 'shop.orders' }],
          bus: 'bus:shop',
          eventPattern: { source: ['shop.orders'], 'detail-type': ['OrderPlaced'], detail: { ['__proto__']: ['x'] } },
        },
      ],
      delivery: {
        type: 'queue',
        timeoutSeconds: 30,
        memoryMb: 256,
        onInvalid: 'deadLetter',
        batchSize: 10,
        batchingWindowSeconds: 0,
        maxConcurrency: null,
        maxReceiveCount: 5,
        visibilityTimeoutSeconds: 180,
        fifo: false,
      },
      emits: [],
      idempotency: null,
      ...wiring,
    },
    fileName: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    factoryName: name,
    typeName,
    wiringName: service + typeName,
    doc: noDoc,
    receives: [{ name: 'OrderPlaced', source: 'shop.orders', message: 'OrderPlaced', narrowing: null }],
    operations: [],
    origin,
    ...change,
  };
}

function service(name: string, change: Partial<ServiceModel> = {}): ServiceModel {
  const constructId = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    wiring: { name, constructId, publishes: [] },
    folder: name,
    publisher: null,
    outbox: null,
    producers: [],
    consumers: [],
    ...change,
  };
}

const withHeaders = message('OrderSubmitted', 'order-submitted', {
  headers: [
    {
      name: 'market',
      attributeType: 'String',
      type: { kind: 'union', members: literals('eu') },
      required: true,
      inPayload: true,
    },
    { name: 'tenant-id', attributeType: 'String', type: text, required: true, inPayload: false },
  ],
});

const hostileMessage = message('PublishOptions', 'publish-options', {
  name: oddName,
  reference: "asyncapi.yaml#/components/messages/it's */",
  doc: { description: hostile, facts: [hostile], examples: ['"*/ @x"'], deprecated: 'use */ another' },
  types: [
    {
      name: 'PublishOptions',
      doc: noDoc,
      type: object({ ['__proto__']: text, 'a-b': text, constructor: text, "it's": text }),
    },
  ],
});

const model: EventModel = {
  spec: { file: 'asyncapi.yaml', title: 'Shop', version: '1', description: null, origin },
  catalog: {
    messages: [message('OrderPlaced', 'order-placed'), withHeaders, hostileMessage],
    events: [
      event('OrderPlaced', 'shop.orders', 'bus:shop'),
      event('OrderSubmitted', 'submissions', 'topic:submissions'),
      event('PublishOptions', "shop.it's", 'bus:shop', oddName),
      event('PublishOptions', 'shop.other', 'bus:shop', oddName),
    ],
  },
  system: {
    name: 'shop',
    destinations: [
      {
        kind: 'bus',
        key: 'bus:shop',
        constructId: 'ShopBus',
        name: 'shop',
        environmentVariable: 'EVENTLOOM_BUS_SHOP',
        description: hostile,
        archive: null,
      },
      {
        kind: 'topic',
        key: 'topic:submissions',
        constructId: 'SubmissionsTopic',
        name: 'submissions',
        environmentVariable: 'EVENTLOOM_TOPIC_SUBMISSIONS',
        description: null,
        fifo: false,
        contentBasedDeduplication: false,
        ordering: null,
        fedBy: null,
      },
    ],
    services: [
      service('fraud', {
        consumers: [
          consumer('fraud', 'screenHighValueOrder', {
            doc: { ...noDoc, description: hostile },
            receives: [
              {
                name: 'OrderPlaced',
                source: 'shop.orders',
                message: 'OrderPlaced',
                narrowing: {
                  typeName: 'ScreenHighValueOrderOrderPlacedPayload',
                  type: {
                    kind: 'intersection',
                    members: [
                      { kind: 'reference', name: 'OrderPlaced' },
                      object({ market: literal('eu'), note: { kind: 'template', texts: [hostile, oddName, ''] } }),
                    ],
                  },
                },
              },
              { name: oddName, source: "shop.it's", message: 'PublishOptions', narrowing: null },
            ],
          }),
          consumer(
            'fraud',
            'watch',
            {},
            {
              emits: [
                { name: oddName, source: "shop.it's", destination: 'bus:shop' },
                { name: oddName, source: 'shop.other', destination: 'bus:shop' },
                { name: 'OrderSubmitted', source: 'submissions', destination: 'topic:submissions' },
              ],
              delivery: {
                type: 'function',
                timeoutSeconds: 30,
                memoryMb: 256,
                onInvalid: 'deadLetter',
                retryAttempts: 2,
                maxEventAgeSeconds: 21600,
              },
            },
          ),
        ],
      }),
      service('orders', {
        publisher: {
          factoryName: 'createOrdersPublisher',
          typeName: 'OrdersPublisher',
          eventTypeName: 'OrdersPublisherEvent',
        },
        producers: [
          {
            operation: 'new',
            methodName: 'new',
            doc: { ...noDoc, description: hostile },
            events: [{ name: 'OrderPlaced', source: 'shop.orders' }],
            channel: 'orders',
            origin,
          },
          {
            operation: 'submit',
            methodName: 'submit',
            doc: noDoc,
            events: [
              { name: 'OrderPlaced', source: 'shop.orders' },
              { name: 'OrderSubmitted', source: 'submissions' },
            ],
            channel: 'orders',
            origin,
          },
        ],
      }),
    ],
  },
};

const folder = mkdtempSync(join(import.meta.dirname, '..', '..', '.emit-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('emit', () => {
  const files = emit(model, '1.2.3');

  test.each(['typescript', 'typescript-5.9'])(
    'output compiles under the strictest settings of %s',
    (compiler) => {
      write(folder, files);
      const config = {
        extends: '../../tsconfig.base.json',
        compilerOptions: {
          noEmit: true,
          skipLibCheck: false,
          customConditions: ['@eventloom/source'],
          allowImportingTsExtensions: true,
          rewriteRelativeImportExtensions: false,
          noUnusedLocals: true,
        },
        include: ['**/*'],
      };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      const root = join(import.meta.dirname, '..', '..', '..');
      const tsc = join(root, 'node_modules', compiler, 'bin', 'tsc');
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
      expect(stdout.split('\n').filter((line) => line !== '' && !/^( |node_modules)/.test(line))).toEqual([]);
    },
    60_000,
  );

  test('text of the spec is data wherever it stands', () => {
    for (const { path, content } of files.filter((file) => file.path.endsWith('.ts'))) {
      expect(content, path).not.toMatch(/^export const x/m);
      expect(content, path).not.toMatch(/\u2028/);
      expect(content, path).not.toMatch(/^ *\* @deprecated \*/m);
    }
  });

  test('an event has its type, its guard and a line that says where it comes from', () => {
    expect(contentOf(files, 'events/order-placed.ts')).toBe(`\
// Code generated by Eventloom from asyncapi.yaml. DO NOT EDIT.
// Regenerate with \`npx eventloom generate\`.
import { validateOrderPlaced } from './order-placed.validator.js';
export { orderPlacedSchema } from './order-placed.validator.js';

/**
 * Says that OrderPlaced happened.
 *
 * Message \`OrderPlaced\` of \`asyncapi.yaml#/components/messages/OrderPlaced\`, published on channel \`orders\`
 * (\`shop.orders\`).
 */
export type OrderPlaced = { readonly market: 'eu' | 'us' };

/** Tells whether \`value\` is a valid \`OrderPlaced\`. */
export function isOrderPlaced(value: unknown): value is OrderPlaced {
  return validateOrderPlaced(value);
}
`);
  });

  test('adding a consumer changes only its own files and one line of each index', () => {
    const more = emit(withConsumer(model, consumer('fraud', 'another')), '1.2.3');
    const before = new Map(files.map((file) => [file.path, file.content]));
    const changed = more.filter((file) => before.get(file.path) !== file.content);
    expect(changed.map((file) => file.path)).toEqual([
      'handlers.ts',
      'manifest.json',
      'services/fraud/another.ts',
      'services/fraud/index.ts',
      'topology/consumers.ts',
      'topology/fraud/another.ts',
    ]);
    for (const { path, content } of changed.filter((file) => file.owner !== 'consumer:fraud/another')) {
      const old = (before.get(path) ?? '').split('\n');
      const added = content.split('\n').filter((line) => !old.includes(line));
      expect([path, added.length, content.split('\n').length - old.length]).toEqual([path, 1, 1]);
    }
  });

  test('the first line of every TypeScript and JavaScript file says whose it is', () => {
    const sources = files.filter((file) => file.path !== 'manifest.json');
    for (const { content } of sources) {
      expect(content.split('\n')[0]).toBe('// Code generated by Eventloom from asyncapi.yaml. DO NOT EDIT.');
    }
  });

  test('only the manifest knows the version', () => {
    expect(files.filter(({ content }) => content.includes('1.2.3')).map(({ path }) => path)).toEqual(['manifest.json']);
  });
});

function withConsumer(base: EventModel, added: ConsumerModel): EventModel {
  const services = base.system.services.map((item) =>
    item.folder === 'fraud'
      ? { ...item, consumers: [...item.consumers, added].sort((a, b) => (a.wiring.key < b.wiring.key ? -1 : 1)) }
      : item,
  );
  return { ...base, system: { ...base.system, services } };
}

function contentOf(files: readonly GeneratedFile[], path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

function write(target: string, files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  expect(readFileSync(join(target, 'index.ts'), 'utf8')).toContain('export');
}

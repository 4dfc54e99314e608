import type { Consumer } from '@eventloom/engine';
import type {
  ConsumerModel,
  EventModel,
  EventType,
  MessageType,
  ServiceModel,
  SubscriberModel,
} from '../../generator/src/model/event-model.ts';
import type { Doc, TypeExpression } from '../../generator/src/model/type-expression.ts';

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

/** A consumer, its fields and its wiring changed as asked. */
export function consumer(
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
    subscribers: [],
    ingresses: [],
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
      alwaysInPayload: true,
    },
    {
      name: 'tenant-id',
      attributeType: 'String',
      type: text,
      required: true,
      inPayload: false,
      alwaysInPayload: false,
    },
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

/** A workflow in whose every text something hostile stands; infrastructure brings its state machine along. */
const subscriber: SubscriberModel = {
  wiring: {
    key: `fraud/${oddName}`,
    service: 'fraud',
    consumer: oddName,
    constructId: 'Odd',
    description: hostile,
    routes: [
      {
        kind: 'eventbridge',
        operation: hostile,
        constructId: 'Odd',
        events: [{ name: oddName, source: "shop.it's" }],
        bus: 'bus:shop',
        eventPattern: { source: [hostile], detail: { ['__proto__']: [hostile] } },
      },
    ],
    delivery: { type: 'workflow', kind: 'standard', definition: null, input: 'payload' },
    emits: [],
  },
  fileName: 'odd',
  wiringName: 'fraudOdd',
  emittedTypeName: null,
  operations: [],
  origin,
};

/** A small system in whose every text something hostile stands. */
export const model: EventModel = {
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
  documentation: {
    site: { title: null, logo: null, accent: null, links: [], pages: [] },
    info: { contact: null, license: null, termsOfService: null, externalDocs: null, tags: [] },
    messages: [],
    operations: [],
    channels: [],
    services: [],
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
        subscribers: [subscriber],
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

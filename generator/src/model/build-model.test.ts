import { describe, expect, it } from 'vitest';
import { brief, type Understood, understand } from '../../../test/support/model-of.ts';
import { printType } from '../emit/print/type-expression.ts';
import type { ConsumerModel } from './event-model.ts';
import { toTopology } from './to-topology.ts';

/** A spec of two buses' worth of channels; `operations` and `messages` are the part that a test is about. */
function spec(parts: {
  readonly servers?: string;
  readonly channels: string;
  readonly operations?: string;
  readonly messages?: string;
}): string {
  return `
asyncapi: 3.0.0
info: { title: Test system, version: 1.0.0 }
servers:
${parts.servers ?? '  main: { host: x, protocol: eventbridge }'}
channels:
${parts.channels}
operations:
${parts.operations ?? '  {}'}
components:
  messages:
${
  parts.messages ??
  `    Placed:
      headers: { type: object, required: [market], properties: { market: { type: string, enum: [eu, us] }, size: { type: integer }, gift: { type: boolean }, tags: { type: array, items: { type: string } }, nested: { type: object } } }
      payload: { type: object, required: [market], properties: { market: { type: string }, size: { type: number }, gift: { type: boolean } } }
    Paid: { payload: { type: object, properties: { amount: { type: number } } } }`
}
`;
}

const onBus = `  orders:
    address: shop.orders
    messages: { Placed: { $ref: '#/components/messages/Placed' }, Paid: { $ref: '#/components/messages/Paid' } }`;

function consumer({ model }: Understood, key: string): ConsumerModel {
  const found = model.system.services.flatMap(({ consumers }) => consumers).find(({ wiring }) => wiring.key === key);
  if (found === undefined) throw new Error(`no consumer ${key}`);
  return found;
}

function receive(extra: string, channel = 'orders'): string {
  return `  take:\n    action: receive\n    channel: { $ref: '#/channels/${channel}' }\n    x-service: taker\n    ${extra}`;
}

const placed = "messages: [{ $ref: '#/channels/orders/messages/Placed' }]";

describe('servers', () => {
  it('become buses named by their key, with an archive when asked', async () => {
    const servers = `  main: { host: x, protocol: eventbridge, x-eventbridge: { archive: {} } }
  broker: { host: x, protocol: kafka }`;
    const { model } = await understand(spec({ servers, channels: onBus }));
    expect(model.system.destinations).toEqual([
      {
        kind: 'bus',
        key: 'bus:main',
        constructId: 'MainBus',
        name: 'main',
        environmentVariable: 'EVENTLOOM_BUS_MAIN',
        archive: { retentionDays: 0 },
        description: null,
      },
    ]);
  });
});

describe('channels', () => {
  it('go to the bus they name, also when there are several', async () => {
    const servers = '  a: { host: x, protocol: eventbridge }\n  b: { host: x, protocol: eventbridge }';
    const channels = `${onBus}\n    servers: [{ $ref: '#/servers/b' }]`;
    const { model, diagnostics } = await understand(spec({ servers, channels }));
    expect(model.catalog.events.map(({ destination }) => destination)).toEqual(['bus:b', 'bus:b']);
    expect(brief(diagnostics).filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('with an sns binding and no servers are topics, although there is a bus', async () => {
    const channels = `${onBus}\n    bindings: { sns: {} }`;
    const { model } = await understand(spec({ channels: channels.replace('shop.orders', 'shop-orders') }));
    const topic = model.system.destinations.find(({ kind }) => kind === 'topic');
    expect(topic).toMatchObject({ key: 'topic:orders', name: 'shop-orders', fedBy: null, fifo: false });
    expect(model.catalog.events[0]).toMatchObject({ destination: 'topic:orders', source: 'shop-orders' });
  });

  it('with an sns binding and a bus are fed by one rule for all messages, and published to the bus', async () => {
    const channels = `${onBus}\n    servers: [{ $ref: '#/servers/main' }]\n    bindings: { sns: { name: fan } }`;
    const operations = receive('x-filter: { amount: [1] }');
    const { model } = await understand(spec({ channels, operations }));
    const topic = model.system.destinations.find(({ kind }) => kind === 'topic');
    expect(topic).toMatchObject({
      name: 'fan',
      fedBy: { bus: 'bus:main', eventPattern: { source: ['shop.orders'], 'detail-type': ['Paid', 'Placed'] } },
    });
    expect(model.catalog.events[0]).toMatchObject({ destination: 'bus:main' });
  });

  it('with an sns binding and servers of another protocol are topics', async () => {
    const servers = '  main: { host: x, protocol: eventbridge }\n  topics: { host: x, protocol: sns }';
    const channels = `${onBus}\n    servers: [{ $ref: '#/servers/topics' }]\n    bindings: { sns: { name: t } }`;
    const { model } = await understand(spec({ servers, channels }));
    expect(model.catalog.events[0]).toMatchObject({ destination: 'topic:orders' });
  });

  it('with an sqs binding are queues with what the binding says', async () => {
    const channels = `${onBus}
    bindings:
      sqs:
        queue: { name: jobs, fifoQueue: false, visibilityTimeout: 600, deliveryDelay: 5, messageRetentionPeriod: 60, redrivePolicy: { deadLetterQueue: { name: dead }, maxReceiveCount: 7 } }`;
    const understood = await understand(spec({ channels, operations: receive('x-delivery: { timeoutSeconds: 60 }') }));
    expect(understood.model.system.destinations.find(({ kind }) => kind === 'queue')).toMatchObject({
      key: 'queue:orders',
      name: 'jobs',
      visibilityTimeoutSeconds: 600,
      deliveryDelaySeconds: 5,
      retentionSeconds: 60,
      maxReceiveCount: 7,
    });
    expect(consumer(understood, 'taker/take').wiring.delivery).toMatchObject({
      visibilityTimeoutSeconds: 600,
      maxReceiveCount: 7,
    });
  });

  it('as queues take visibility and receives from their consumer when the binding is silent', async () => {
    const channels = `${onBus}\n    bindings: { sqs: { queue: { name: jobs, fifoQueue: false } } }`;
    const operations = receive('x-delivery: { timeoutSeconds: 100, batchingWindowSeconds: 7, maxReceiveCount: 9 }');
    const { model } = await understand(spec({ channels, operations }));
    expect(model.system.destinations.find(({ kind }) => kind === 'queue')).toMatchObject({
      visibilityTimeoutSeconds: 607,
      maxReceiveCount: 9,
    });
  });

  it('of one consumer keep what each of their bindings says', async () => {
    const queue = (name: string, more: string) => `
  ${name}:
    address: ${name}
    messages: { Placed: { $ref: '#/components/messages/Placed' } }
    bindings: { sqs: { queue: { name: ${name}, fifoQueue: false${more} } } }`;
    const redrive = 'redrivePolicy: { deadLetterQueue: { name: dead }, maxReceiveCount: 7 }';
    const channels = `${queue('near', `, visibilityTimeout: 600, ${redrive}`)}${queue('far', '')}`;
    const operations = ['near', 'far'].map(
      (name) =>
        `  ${name}: { action: receive, channel: { $ref: '#/channels/${name}' }, x-service: taker, x-consumer: take }\n`,
    );
    const understood = await understand(spec({ channels, operations: operations.join('') }));
    expect(brief(understood.diagnostics)).toEqual([]);
    const queues = understood.model.system.destinations.filter(({ kind }) => kind === 'queue');
    expect(queues).toMatchObject([
      { key: 'queue:far', visibilityTimeoutSeconds: 180, maxReceiveCount: 7 },
      { key: 'queue:near', visibilityTimeoutSeconds: 600, maxReceiveCount: 7 },
    ]);
    expect(consumer(understood, 'taker/take').wiring.delivery).toMatchObject({ visibilityTimeoutSeconds: 180 });
  });

  it('keep order by what x-ordering says', async () => {
    const channels = `${onBus}\n    x-ordering: { key: /market }
    bindings: { sns: { name: o.fifo, ordering: { type: FIFO, contentBasedDeduplication: true } } }`;
    const understood = await understand(spec({ channels, operations: receive('summary: x') }));
    expect(understood.model.system.destinations.find(({ kind }) => kind === 'topic')).toMatchObject({
      fifo: true,
      contentBasedDeduplication: true,
      ordering: { key: '/market' },
    });
    expect(understood.model.catalog.events[0]?.ordering).toEqual({ key: '/market' });
    expect(consumer(understood, 'taker/take').wiring.delivery).toMatchObject({ fifo: true });
  });
});

describe('routes', () => {
  const route = async (operations: string, channels = onBus) => {
    const understood = await understand(spec({ channels, operations }));
    expect(brief(understood.diagnostics).filter((text) => text.startsWith('error'))).toEqual([]);
    return consumer(understood, 'taker/take').wiring.routes[0];
  };
  const topic = `${onBus.replace('shop.orders', 'orders')}\n    bindings: { sns: {} }`;
  const fan = `${onBus}\n    servers: [{ $ref: '#/servers/main' }]\n    bindings: { sns: { name: fan } }`;

  it('over a bus have a pattern with sorted names, sorted keys and sorted alternatives', async () => {
    const filter = "x-filter: { size: [{ numeric: ['>', 1] }], market: [us, eu] }";
    const found = await route(receive(`${filter}\n    ${placed}`));
    expect(JSON.stringify(found)).toBe(
      JSON.stringify({
        kind: 'eventbridge',
        operation: 'take',
        constructId: 'Take',
        events: [{ name: 'Placed', source: 'shop.orders' }],
        bus: 'bus:main',
        eventPattern: {
          source: ['shop.orders'],
          'detail-type': ['Placed'],
          detail: { market: ['eu', 'us'], size: [{ numeric: ['>', 1] }] },
        },
      }),
    );
  });

  it('over a bus name every message of the channel when none is selected', async () => {
    expect(await route(receive('summary: x'))).toMatchObject({
      eventPattern: { source: ['shop.orders'], 'detail-type': ['Paid', 'Placed'] },
    });
  });

  it('over a topic filter the body', async () => {
    expect(await route(receive('x-filter: { amount: [1] }'), topic)).toMatchObject({
      kind: 'sns',
      topic: 'topic:orders',
      filterPolicy: { amount: [1] },
      filterPolicyScope: 'MessageBody',
    });
  });

  it('over a topic select messages by the attribute type', async () => {
    expect(await route(receive(placed), topic)).toMatchObject({
      filterPolicy: { type: ['Placed'] },
      filterPolicyScope: 'MessageAttributes',
    });
  });

  it('over a topic filter and select by attributes together, with booleans as the text they travel as', async () => {
    const filter = 'x-filter: { market: [eu], gift: [true] }\n    x-filter-scope: attributes';
    expect(await route(receive(`${filter}\n    ${placed}`), topic)).toMatchObject({
      filterPolicy: { gift: ['true'], market: ['eu'], type: ['Placed'] },
      filterPolicyScope: 'MessageAttributes',
    });
  });

  it('over a topic honour the filter policy of the official binding', async () => {
    const consumers =
      'consumers: [{ protocol: sqs, endpoint: { name: q }, rawMessageDelivery: true, filterPolicy: { amount: [1] }, filterPolicyScope: MessageBody }]';
    expect(await route(receive(`bindings: { sns: { ${consumers} } }`), topic)).toMatchObject({
      filterPolicy: { amount: [1] },
      filterPolicyScope: 'MessageBody',
    });
  });

  it('over a topic without a filter have no policy', async () => {
    expect(await route(receive('summary: x'), topic)).toMatchObject({ filterPolicy: null });
  });

  it('behind a bus have a policy rooted at the envelope, and the pattern of the shared rule', async () => {
    const shared = { source: ['shop.orders'], 'detail-type': ['Paid', 'Placed'] };
    expect(await route(receive(`x-filter: { market: [eu] }\n    ${placed}`), fan)).toMatchObject({
      kind: 'eventbridge-sns',
      bus: 'bus:main',
      topic: 'topic:orders',
      eventPattern: shared,
      filterPolicy: { 'detail-type': ['Placed'], detail: { market: ['eu'] } },
      filterPolicyScope: 'MessageBody',
    });
    expect(await route(receive('x-filter: { amount: [1] }'), fan)).toMatchObject({
      filterPolicy: { detail: { amount: [1] } },
    });
    expect(await route(receive(placed), fan)).toMatchObject({ filterPolicy: { 'detail-type': ['Placed'] } });
    expect(await route(receive('summary: x'), fan)).toMatchObject({ filterPolicy: null, eventPattern: shared });
  });

  it('from a queue filter the body of the record', async () => {
    const queue = `${onBus}\n    bindings: { sqs: { queue: { name: q, fifoQueue: false } } }`;
    const operations = receive('x-filter: { amount: [1] }\n    x-filter-unmatched: delete');
    expect(await route(operations, queue)).toMatchObject({
      kind: 'sqs',
      queue: 'queue:orders',
      mappingFilter: { body: { amount: [1] } },
    });
  });

  it('filter by fields of any name as data', async () => {
    const messages =
      '    Placed: { payload: { type: object, properties: { "__proto__": { type: string }, constructor: { type: string } } } }';
    const channels = "  orders: { address: o, messages: { Placed: { $ref: '#/components/messages/Placed' } } }";
    const operations = receive('x-filter: { "__proto__": [a], constructor: [b] }');
    const understood = await understand(spec({ channels, operations, messages }));
    expect(brief(understood.diagnostics)).toEqual([]);
    const found = consumer(understood, 'taker/take').wiring.routes[0];
    expect(JSON.stringify(found)).toContain('"detail":{"__proto__":["a"],"constructor":["b"]}');
  });
});

describe('consumers', () => {
  it('get the documented defaults', async () => {
    const understood = await understand(spec({ channels: onBus, operations: receive('summary: Takes it.') }));
    expect(consumer(understood, 'taker/take').wiring).toMatchObject({
      handler: 'taker/take',
      description: 'Takes it.',
      emits: [],
      idempotency: null,
      delivery: {
        type: 'queue',
        batchSize: 10,
        batchingWindowSeconds: 0,
        maxConcurrency: null,
        maxReceiveCount: 5,
        timeoutSeconds: 30,
        memoryMb: 256,
        onInvalid: 'deadLetter',
        visibilityTimeoutSeconds: 180,
        fifo: false,
      },
    });
  });

  it('of type function get the defaults of asynchronous invocation', async () => {
    const operations = receive('x-delivery: { type: function, onInvalid: retry, handler: desk/take }');
    const understood = await understand(spec({ channels: onBus, operations }));
    expect(consumer(understood, 'taker/take').wiring).toMatchObject({
      handler: 'desk/take',
      delivery: { type: 'function', onInvalid: 'retry', retryAttempts: 2, maxEventAgeSeconds: 21600 },
    });
  });

  it('merge operations with one x-consumer, options from any of them, and the key as its default', async () => {
    const channels = `${onBus}
  more: { address: shop.more, messages: { Placed: { $ref: '#/components/messages/Placed' } } }`;
    const operations = `${receive('x-delivery: { batchSize: 3 }\n    x-idempotency: { key: /market, replays: skip }')}
  takeMore: { action: receive, channel: { $ref: '#/channels/more' }, x-service: taker, x-consumer: take, x-delivery: { timeoutSeconds: 9, batchSize: 3 } }`;
    const understood = await understand(spec({ channels, operations }));
    const { wiring, receives, operations: read } = consumer(understood, 'taker/take');
    expect(wiring.routes.map(({ operation }) => operation)).toEqual(['take', 'takeMore']);
    expect(wiring.delivery).toMatchObject({ batchSize: 3, timeoutSeconds: 9 });
    expect(wiring.idempotency).toEqual({ key: '/market', ttlSeconds: 1296000, replays: 'skip' });
    expect(receives.map(({ name, source }) => `${source} ${name}`)).toEqual([
      'shop.more Placed',
      'shop.orders Paid',
      'shop.orders Placed',
    ]);
    expect(read.map(({ channel }) => channel)).toEqual(['orders', 'more']);
  });

  it('emit what their references say, with the source of the channel in them', async () => {
    const channels = `${onBus}
  more: { address: shop.more, messages: { Placed: { $ref: '#/components/messages/Placed' } } }`;
    const operations = receive(
      "x-emits: [{ $ref: '#/channels/orders/messages/Paid' }, { $ref: '#/channels/more/messages/Placed' }]",
    );
    const understood = await understand(spec({ channels, operations }));
    expect(consumer(understood, 'taker/take').wiring.emits).toEqual([
      { name: 'Placed', source: 'shop.more', destination: 'bus:main' },
      { name: 'Paid', source: 'shop.orders', destination: 'bus:main' },
    ]);
  });
});

describe('what a consumer receives', () => {
  const narrowed = async (operations: string, channels = onBus) => {
    const understood = await understand(spec({ channels, operations }));
    return consumer(understood, 'taker/take').receives.map(({ source, message, narrowing }) => [
      source,
      message,
      narrowing === null ? null : [narrowing.typeName, printType(narrowing.type)],
    ]);
  };

  it('is the payload as its filter lets it through, under a name of its own', async () => {
    expect(await narrowed(receive(`${placed}\n    x-filter: { market: [eu] }`))).toEqual([
      ['shop.orders', 'Placed', ['TakePayload', "Placed & { readonly market: 'eu' }"]],
    ]);
    expect(await narrowed(receive(placed))).toEqual([['shop.orders', 'Placed', null]]);
  });

  it('of several messages is narrowed for each of them', async () => {
    expect(await narrowed(receive('x-filter: { $or: [{ size: [{ exists: true }] }, { amount: [5] }] }'))).toEqual([
      ['shop.orders', 'Paid', ['TakePaidPayload', 'Paid & ({ readonly size: {} | null } | { readonly amount: 5 })']],
      [
        'shop.orders',
        'Placed',
        ['TakePlacedPayload', 'Placed & ({ readonly size: number } | { readonly amount: {} | null })'],
      ],
    ]);
  });

  it('over several routes is what any of their filters lets through', async () => {
    const second = (filter: string) =>
      `${receive(`${placed}\n    x-filter: { market: [eu] }`)}\n${receive(`${placed}\n    x-consumer: take\n    ${filter}`).replace('take:', 'more:')}`;
    expect(await narrowed(second('x-filter: { market: [us] }'))).toEqual([
      ['shop.orders', 'Placed', ['TakePayload', "Placed & { readonly market: 'us' | 'eu' }"]],
    ]);
    expect(await narrowed(second('x-delivery: {}'))).toEqual([['shop.orders', 'Placed', null]]);
  });

  it('has no name where one message comes from two sources', async () => {
    const channels = `${onBus}\n  more: { address: shop.more, messages: { Placed: { $ref: '#/components/messages/Placed' } } }`;
    const operations = `${receive(`${placed}\n    x-filter: { market: [eu] }`)}\n${receive('x-consumer: take', 'more').replace('take:', 'more:')}`;
    expect(await narrowed(operations, channels)).toEqual([
      ['shop.more', 'Placed', null],
      ['shop.orders', 'Placed', [null, "Placed & { readonly market: 'eu' }"]],
    ]);
  });
});

describe('producers', () => {
  it('publish all messages of the channel, or those selected', async () => {
    const operations = `  tell-all: { action: send, channel: { $ref: '#/channels/orders' }, x-service: teller }
  tellOne: { action: send, channel: { $ref: '#/channels/orders' }, ${placed}, x-service: teller, summary: Tells one. }`;
    const { model } = await understand(spec({ channels: onBus, operations }));
    const [service] = model.system.services;
    expect(service?.publisher).toEqual({
      factoryName: 'createTellerPublisher',
      typeName: 'TellerPublisher',
      eventTypeName: 'TellerPublisherEvent',
    });
    expect(service?.wiring.publishes.map(({ name }) => name)).toEqual(['Paid', 'Placed']);
    expect(
      service?.producers.map(({ operation, methodName, events }) => [operation, methodName, events.length]),
    ).toEqual([
      ['tell-all', 'tellAll', 2],
      ['tellOne', 'tellOne', 1],
    ]);
    expect(service?.producers[1]?.doc.description).toBe('Tells one.');
  });
});

describe('messages', () => {
  it('have the headers that can be attributes', async () => {
    const { model } = await understand(spec({ channels: onBus }));
    const headers = model.catalog.messages.find(({ name }) => name === 'Placed')?.headers ?? [];
    expect(
      headers.map(({ name, attributeType, required, inPayload }) => [name, attributeType, required, inPayload]),
    ).toEqual([
      ['gift', 'String', false, true],
      ['market', 'String', true, true],
      ['size', 'Number', false, true],
      ['tags', 'String.Array', false, false],
    ]);
    expect(headers[1]?.type).toEqual({
      kind: 'union',
      members: [
        { kind: 'literal', value: 'eu' },
        { kind: 'literal', value: 'us' },
      ],
    });
  });

  it('shared by two channels are one type and two events', async () => {
    const channels = `${onBus}
  more: { address: shop.more, messages: { Placed: { $ref: '#/components/messages/Placed' } } }`;
    const { model } = await understand(spec({ channels }));
    expect(model.catalog.messages.map(({ typeName }) => typeName)).toEqual(['Paid', 'Placed']);
    expect(model.catalog.events.map(({ source, name, message }) => [source, name, message])).toEqual([
      ['shop.more', 'Placed', 'Placed'],
      ['shop.orders', 'Paid', 'Paid'],
      ['shop.orders', 'Placed', 'Placed'],
    ]);
  });

  it('of one name and two definitions are each named after their channel, in any order', async () => {
    const one = '  one: { address: one, messages: { Placed: { payload: { type: object } } } }';
    const two = '  two: { address: two, messages: { Placed: { payload: { type: object } } } }';
    for (const channels of [`${one}\n${two}`, `${two}\n${one}`]) {
      const { model } = await understand(spec({ channels }));
      expect(model.catalog.messages.map(({ typeName, fileName }) => [typeName, fileName])).toEqual([
        ['OnePlaced', 'one-placed'],
        ['TwoPlaced', 'two-placed'],
      ]);
    }
  });

  it('are named by their name, else by their key in the channel', async () => {
    const messages =
      '    X: { name: order.placed/v1, title: Order placed, description: More., payload: { type: object } }';
    const channels =
      "  a: { address: a, messages: { K: { $ref: '#/components/messages/X' }, L: { payload: { type: object } } } }";
    const { model } = await understand(spec({ channels, messages }));
    expect(model.catalog.messages.map(({ name, typeName }) => [name, typeName])).toEqual([
      ['L', 'L'],
      ['order.placed/v1', 'OrderPlacedV1'],
    ]);
    expect(model.catalog.messages[1]).toMatchObject({
      reference: 'asyncapi.yaml#/components/messages/X',
      doc: { description: 'Order placed.\n\nMore.' },
    });
  });

  it('take fields from traits', async () => {
    const messages = '    X: { traits: [{ name: FromTrait }], payload: { type: object } }';
    const channels = "  a: { address: a, messages: { K: { $ref: '#/components/messages/X' } } }";
    const { model } = await understand(spec({ channels, messages }));
    expect(model.catalog.messages[0]?.name).toBe('FromTrait');
  });
});

describe('the model', () => {
  const channels = `${onBus}
  topic: { address: topic, messages: { Placed: { $ref: '#/components/messages/Placed' } }, bindings: { sns: {} } }`;
  const first = receive(
    "x-filter: { market: [eu], $or: [{ size: [1] }, { amount: [2] }] }\n    x-emits: [{ $ref: '#/channels/topic/messages/Placed' }]",
  );
  const second =
    "  other: { action: receive, channel: { $ref: '#/channels/topic' }, x-service: b, x-filter: { market: [eu] }, x-filter-scope: attributes }";
  const third = "  tell: { action: send, channel: { $ref: '#/channels/orders' }, x-service: b }";

  it('survives JSON', async () => {
    const { model } = await understand(spec({ channels, operations: [first, second, third].join('\n') }));
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it('does not depend on the order of the spec', async () => {
    const one = await understand(spec({ channels, operations: [first, second, third].join('\n') }));
    const other = await understand(spec({ channels, operations: [third, second, first].join('\n') }));
    expect(JSON.stringify(toTopology(other.model))).toBe(JSON.stringify(toTopology(one.model)));
  });

  it('of a spec without channels is empty, without complaint', async () => {
    const { model, diagnostics } = await understand('asyncapi: 3.0.0\ninfo: { title: Empty, version: 1.0.0 }\n');
    expect(diagnostics).toEqual([]);
    expect(toTopology(model)).toEqual({ system: 'empty', destinations: [], services: [], consumers: [] });
  });

  it('has its title in kebab-case as its name', async () => {
    const { model } = await understand(spec({ channels }));
    expect(toTopology(model).system).toBe('test-system');
  });
});

describe('names that meet', () => {
  it('are an error also between a payload and a part of another payload', async () => {
    const messages = `    Order: { payload: { type: object, properties: { item: { type: object, properties: { sku: { type: string } } } } } }
    OrderItem: { payload: { type: object, properties: { sku: { type: string } } } }`;
    const channels = `  a: { address: a, messages: { Order: { $ref: '#/components/messages/Order' }, OrderItem: { $ref: '#/components/messages/OrderItem' } } }`;
    const { diagnostics } = await understand(spec({ channels, messages }));
    expect(diagnostics.map(({ code, related }) => [code, related.length])).toEqual([['name-collision', 1]]);
  });

  it('are an error between destinations, whose variables and ids differ in no letter', async () => {
    const servers = '  my-bus: { host: x, protocol: eventbridge }\n  myBus: { host: x, protocol: eventbridge }';
    const channels = `${onBus}\n    servers: [{ $ref: '#/servers/myBus' }]`;
    const { diagnostics } = await understand(spec({ servers, channels }));
    expect(
      diagnostics.map(({ code, message }) => [code, message.includes('`my-bus`') && message.includes('`myBus`')]),
    ).toEqual([['name-collision', true]]);
  });

  it('are an error between payloads that two consumers of a service narrow', async () => {
    const filter = 'x-filter: { $or: [{ market: [eu] }, { amount: [1] }] }';
    const operations = `${receive(filter)}\n${receive(`${placed}\n    x-filter: { market: [eu] }`).replace('take:', 'takePlaced:')}`;
    const { diagnostics } = await understand(spec({ channels: onBus, operations }));
    expect(diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
      'name-collision',
      'Consumer `taker/takePlaced` and consumer `taker/take` would both get the TypeScript name `TakePlacedPayload`.',
    ]);
  });

  it('are an error between services of one namespace', async () => {
    const operations = `  one: { action: send, channel: { $ref: '#/channels/orders' }, x-service: desk-1 }
  two: { action: send, channel: { $ref: '#/channels/orders' }, x-service: desk1 }`;
    const { diagnostics } = await understand(spec({ channels: onBus, operations }));
    expect(brief(diagnostics).map((text) => text.split(' at ')[0])).toEqual(['error name-collision']);
  });
});

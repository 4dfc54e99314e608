import type { EventPattern, JsonValue } from '@eventloom/engine';
import fc from 'fast-check';
import type { JsonSchema } from '../../generator/src/model/event-model.ts';
import { filters, flatFilters, payloadCases } from './filter-cases.ts';

/* Random specs: buses, topics, queues, FIFO and not, services, consumers of several operations, filters of every kind. */

/** A spec, and payloads of its messages. */
export interface SpecCase {
  readonly document: SpecDocument;
  readonly payloads: Readonly<Record<string, readonly { readonly [name: string]: JsonValue }[]>>;
}

/** As far as tests change it. */
export interface SpecDocument {
  readonly operations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [part: string]: unknown;
}

const kinds = ['bus', 'bus', 'bus-topic', 'topic', 'queue', 'fifo-topic', 'fifo-queue'] as const;
type Kind = (typeof kinds)[number];

interface RandomMessage {
  readonly schema: JsonSchema;
  readonly headers: JsonSchema;
  readonly payloads: readonly { readonly [name: string]: JsonValue }[];
}

interface RandomChannel {
  readonly kind: Kind;
  readonly bus: number;
  /** Positions of its messages. */
  readonly messages: readonly number[];
  readonly receives: readonly RandomReceive[];
  /** Services that send. */
  readonly senders: readonly number[];
}

interface RandomReceive {
  readonly service: number;
  /** Position of the consumer it shares with others; null for one of its own. */
  readonly consumer: number | null;
  readonly filter: EventPattern | null;
  readonly byAttributes: boolean;
  readonly first: boolean;
  readonly delivery: Readonly<Record<string, unknown>> | null;
  readonly emits: readonly number[];
  readonly idempotent: boolean;
  /** Position among the deliveries without a handler; null for one with. */
  readonly outside: number | null;
}

const messages: fc.Arbitrary<RandomMessage> = payloadCases.map(({ schema, headers, payloads }) => ({
  schema: grouped(schema),
  headers,
  payloads: payloads.map((payload, index) => ({ ...payload, group: `g${index % 3}` })),
}));

/** With a field that every message has, for message groups. */
function grouped(schema: JsonSchema): JsonSchema {
  const { properties, required, ...rest } = schema as { properties: object; required: readonly string[] };
  const group = { type: 'string', minLength: 1, maxLength: 20 };
  return { ...rest, properties: { ...properties, group }, required: [...required, 'group'] };
}

const queueDelivery = fc.record(
  {
    type: fc.constant('queue'),
    batchSize: fc.constantFrom(1, 5, 10),
    maxConcurrency: fc.integer({ min: 2, max: 50 }),
    maxReceiveCount: fc.integer({ min: 2, max: 9 }),
    timeoutSeconds: fc.integer({ min: 5, max: 60 }),
    memoryMb: fc.constantFrom(128, 256, 1024),
  },
  { requiredKeys: ['type'], noNullPrototype: true },
);

const functionDelivery = fc.record(
  {
    type: fc.constant('function'),
    timeoutSeconds: fc.integer({ min: 3, max: 60 }),
    memoryMb: fc.constantFrom(128, 512),
  },
  { requiredKeys: ['type'], noNullPrototype: true },
);

/** Deliveries without a handler: from anything, from a bus, from a topic. */
const outside = {
  any: [{ type: 'none' }],
  bus: [{ type: 'none' }, { type: 'log', retentionDays: 7 }, { type: 'stream', kind: 'kinesis' }],
  topic: [{ type: 'http', url: 'https://hooks.example.com/random' }, { type: 'none' }],
} as const;

const receives: fc.Arbitrary<RandomReceive> = fc.record({
  service: fc.nat(3),
  consumer: fc.option(fc.nat(1), { freq: 3 }),
  filter: fc.option(fc.oneof(filters, flatFilters), { freq: 3 }),
  byAttributes: fc.boolean(),
  first: fc.boolean(),
  delivery: fc.option(fc.oneof(queueDelivery, queueDelivery, functionDelivery), { freq: 2 }),
  emits: fc.uniqueArray(fc.nat(20), { maxLength: 2 }),
  idempotent: fc.boolean(),
  outside: fc.option(fc.constantFrom(0, 1, 2), { freq: 2 }),
});

const channels: fc.Arbitrary<RandomChannel> = fc.record({
  kind: fc.constantFrom(...kinds),
  bus: fc.nat(1),
  messages: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
  receives: fc.array(receives, { maxLength: 4 }),
  senders: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
});

/** Specs of up to five channels. What a spec may not say is left out; filters are for the caller to sort out. */
export const specCases: fc.Arbitrary<SpecCase> = fc
  .record({
    messages: fc.array(messages, { minLength: 4, maxLength: 4 }),
    channels: fc.array(channels, { minLength: 2, maxLength: 5 }),
    archives: fc.tuple(fc.option(fc.integer({ min: 1, max: 90 })), fc.option(fc.constant(7))),
  })
  .map(({ messages, channels, archives }) => ({
    document: {
      asyncapi: '3.0.0',
      info: { title: 'Random', version: '1.0.0' },
      servers: Object.fromEntries(archives.map((days, index) => [`bus${index}`, server(index, days)])),
      channels: Object.fromEntries(channels.map((channel, index) => [`c${index}`, channelOf(channel, index)])),
      operations: operationsOf(channels),
      components: { messages: Object.fromEntries(messages.map((message, index) => [`M${index}`, messageOf(message)])) },
    },
    payloads: Object.fromEntries(messages.map(({ payloads }, index) => [`M${index}`, payloads])),
  }));

function server(index: number, retentionDays: number | null): object {
  const archive = retentionDays === null ? {} : { archive: { retentionDays } };
  return {
    host: 'events.eu-west-1.amazonaws.com',
    protocol: 'eventbridge',
    'x-eventbridge': { busName: `random-bus-${index}`, ...archive },
  };
}

function messageOf({ schema, headers }: RandomMessage): object {
  return { payload: schema, headers };
}

function channelOf({ kind, bus, messages }: RandomChannel, index: number): object {
  const servers = [{ $ref: `#/servers/bus${bus}` }];
  const own = {
    address: kind.startsWith('fifo') ? `random-${index}.fifo` : `random-${index}`,
    messages: Object.fromEntries(messages.map((at) => [`M${at}`, { $ref: `#/components/messages/M${at}` }])),
  };
  const ordering = { 'x-ordering': { key: '/group' } };
  switch (kind) {
    case 'bus':
      return { ...own, servers };
    case 'bus-topic':
      return { ...own, servers, bindings: { sns: { name: `random-topic-${index}` } } };
    case 'topic':
      return { ...own, bindings: { sns: {} } };
    case 'queue':
      return { ...own, bindings: { sqs: { queue: { name: `random-${index}`, fifoQueue: false } } } };
    case 'fifo-topic':
      return { ...own, ...ordering, bindings: { sns: { name: own.address, ordering: { type: 'FIFO' } } } };
    case 'fifo-queue':
      return { ...own, ...ordering, bindings: { sqs: { queue: { name: own.address, fifoQueue: true } } } };
    default:
      return kind satisfies never;
  }
}

function operationsOf(channels: readonly RandomChannel[]): SpecDocument['operations'] {
  const events = channels.flatMap(({ messages }, index) =>
    messages.map((at) => `#/channels/c${index}/messages/M${at}`),
  );
  const shared = new Set<string>();
  const all = channels.flatMap((channel, index) => {
    const $ref = `#/channels/c${index}`;
    const sends = channel.senders.map((service) => {
      return [`send${index}x${service}`, { action: 'send', channel: { $ref }, 'x-service': `s${service}` }] as const;
    });
    const listeners = channel.kind.endsWith('queue') ? channel.receives.slice(0, 1) : channel.receives;
    const takes = listeners.map((receive, at) => {
      return [`take${index}x${at}`, receiveOf(receive, channel, { $ref, events, shared })] as const;
    });
    return [...sends, ...takes];
  });
  return Object.fromEntries(all);
}

function receiveOf(
  receive: RandomReceive,
  { kind, messages }: RandomChannel,
  { $ref, events, shared }: { readonly $ref: string; readonly events: readonly string[]; readonly shared: Set<string> },
): Readonly<Record<string, unknown>> {
  const { service, filter } = receive;
  const without = receive.consumer === null && receive.outside !== null ? deliveryOutside(kind, receive.outside) : null;
  const isFifo = kind.startsWith('fifo');
  const consumer = isFifo || kind === 'queue' || receive.consumer === null ? null : `shared${receive.consumer}`;
  const name = `s${service}/${consumer}`;
  const isFirst = consumer === null || !shared.has(name);
  if (consumer !== null) shared.add(name);
  const needsQueue = isFifo || kind === 'queue' || consumer !== null;
  const delivery = receive.delivery?.type === 'function' && needsQueue ? null : receive.delivery;
  const emits = receive.emits.map((at) => ({ $ref: events[at % events.length] }));
  // Selecting some messages and filtering the body exclude each other on a topic; a queue has one reader for all.
  const some = receive.first && filter === null && messages.length > 1 && !kind.endsWith('queue');
  return {
    action: 'receive',
    channel: { $ref },
    'x-service': `s${service}`,
    ...(some ? { messages: [{ $ref: `${$ref}/messages/M${messages[0]}` }] } : {}),
    ...(consumer === null ? {} : { 'x-consumer': consumer }),
    ...(filter === null ? {} : filterOf(filter, kind, receive.byAttributes)),
    ...(without !== null ? { 'x-delivery': without } : isFirst && delivery !== null ? { 'x-delivery': delivery } : {}),
    ...(emits.length === 0 || without !== null
      ? {}
      : { 'x-emits': [...new Map(emits.map((one) => [one.$ref, one])).values()] }),
    ...(receive.idempotent && isFirst && without === null ? { 'x-idempotency': { key: '/group' } } : {}),
  };
}

function deliveryOutside(kind: Kind, at: number): object | null {
  if (kind.endsWith('queue')) return null;
  const choices = kind === 'bus' ? outside.bus : kind === 'fifo-topic' ? outside.any : outside.topic;
  return choices[at % choices.length] ?? null;
}

function filterOf(filter: EventPattern, kind: Kind, byAttributes: boolean): object {
  const isTopic = kind === 'topic' || kind === 'fifo-topic';
  return {
    'x-filter': filter,
    ...(kind.endsWith('queue') ? { 'x-filter-unmatched': 'delete' } : {}),
    ...(isTopic && byAttributes ? { 'x-filter-scope': 'attributes' } : {}),
  };
}

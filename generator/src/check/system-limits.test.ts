import { type LimitId, limits } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EventModel } from '../model/event-model.ts';
import { alarmsPerAccount } from './quotas.ts';
import { stackLimits } from './stack-limits.ts';

const count = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

/** What of a spec matters for a limit. */
interface Parts {
  readonly title?: string;
  /** `x-infrastructure`. */
  readonly infrastructure?: object;
  readonly servers?: object;
  readonly channels: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
}

function spec({ title = 'Limits', infrastructure, servers, channels, operations }: Parts): string {
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title, version: '1.0.0' },
    servers: servers ?? { main: { host: 'x', protocol: 'eventbridge' } },
    channels,
    operations,
    ...(infrastructure === undefined ? {} : { 'x-infrastructure': infrastructure }),
  });
}

const payload = { type: 'object', properties: { a: { type: 'number' } } };
const message = { payload };
const at = (channel: string) => ({ channel: { $ref: `#/channels/${channel}` } });
const send = (channel: string, service = 'feeder') => ({ action: 'send', ...at(channel), 'x-service': service });
const receive = (channel: string, more: object = {}) => ({
  action: 'receive',
  ...at(channel),
  'x-service': 'taker',
  ...more,
});

/** A consumer with so many rules, each of a channel of its own. */
function ruled(rules: number): string {
  const keys = count(rules, (index) => `c${index}`);
  return spec({
    channels: Object.fromEntries(keys.map((key) => [key, { address: key, messages: { [`M${key}`]: message } }])),
    operations: Object.fromEntries([
      ...keys.map((key) => [`take${key}`, receive(key, { 'x-consumer': 'taker' })]),
      ...keys.map((key) => [`send${key}`, send(key)]),
    ]),
  });
}

/** A consumer that emits so many events of one channel, with names of so many characters. */
function emitting(events: number, characters: number, channels = 1): string {
  const name = (channel: number, index: number) => `E${channel}x${index}x`.padEnd(characters, 'e');
  const keys = count(channels, (index) => index);
  const messages = (channel: number) => Object.fromEntries(count(events, (index) => [name(channel, index), message]));
  const emits = keys.flatMap((key) =>
    Object.keys(messages(key)).map((one) => ({ $ref: `#/channels/c${key}/messages/${one}` })),
  );
  return spec({
    channels: {
      in: { address: 'in', messages: { In: message } },
      ...Object.fromEntries(keys.map((key) => [`c${key}`, { address: `c${key}`, messages: messages(key) }])),
    },
    operations: { sendIn: send('in'), take: receive('in', { 'x-emits': emits }) },
  });
}

/** A consumer that emits to so many topics, with names of so many characters. */
function publishing(topics: number, characters: number, infrastructure?: object): string {
  const keys = count(topics, (index) => `t${index}`);
  const emits = keys.map((key) => ({ $ref: `#/channels/${key}/messages/M${key}` }));
  return spec({
    ...(infrastructure === undefined ? {} : { infrastructure }),
    channels: {
      in: { address: 'in', messages: { In: message } },
      ...Object.fromEntries(
        keys.map((key) => [
          key,
          {
            address: key,
            messages: { [`M${key}`]: message },
            bindings: { sns: { name: key.padEnd(characters, 'n') } },
          },
        ]),
      ),
    },
    operations: { sendIn: send('in'), take: receive('in', { 'x-emits': emits }) },
  });
}

/** One channel, with a binding or on a bus of a name, and a title of so many characters. */
function named(
  where: { bus?: string; bindings?: object; title?: number; more?: object },
  infrastructure?: object,
): string {
  const { bus, bindings, title, more = {} } = where;
  return spec({
    ...(infrastructure === undefined ? {} : { infrastructure }),
    ...(title === undefined ? {} : { title: 't'.repeat(title) }),
    servers: {
      main: { host: 'x', protocol: 'eventbridge', ...(bus === undefined ? {} : { 'x-eventbridge': { busName: bus } }) },
    },
    channels: {
      orders: {
        address: 'orders',
        messages: { Placed: message },
        ...(bindings === undefined ? {} : { bindings }),
        ...more,
      },
    },
    operations: { place: { ...send('orders'), 'x-outbox': true }, take: receive('orders') },
  });
}

const queue = (name: string) => ({ sqs: { queue: { name, fifoQueue: false } } });
const topic = (name: string) => ({ sns: { name } });
const buses = (length: number) =>
  spec({
    servers: Object.fromEntries(count(length, (index) => [`s${index}`, { host: 'x', protocol: 'eventbridge' }])),
    channels: {},
    operations: {},
  });

/** A channel of so many messages behind a bus and a topic. */
function fed(messages: number): string {
  const all = Object.fromEntries(count(messages, (index) => [`Message${index}`.padEnd(20, 'x'), message]));
  const servers = [{ $ref: '#/servers/main' }];
  return spec({
    channels: { orders: { address: 'orders', servers, messages: all, bindings: { sns: {} } } },
    operations: { place: send('orders'), take: receive('orders', { 'x-delivery': { type: 'function' } }) },
  });
}

/** So many accounts may publish to a bus. */
function allowing(accounts: number, infrastructure?: object): string {
  const allowAccounts = count(accounts, (index) => `${100_000_000_000 + index}`);
  return spec({
    ...(infrastructure === undefined ? {} : { infrastructure }),
    servers: { main: { host: 'x', protocol: 'eventbridge', 'x-eventbridge': { busName: 'main', allowAccounts } } },
    channels: { orders: { address: 'orders', messages: { Placed: message } } },
    operations: { place: send('orders'), take: receive('orders') },
  });
}

interface Pair {
  readonly inside: string;
  readonly outside: string;
  /** What is said of the second. */
  readonly says: string;
  /** A part of the message that says it. */
  readonly about?: string;
}

/** What fits just so, and what just does not. */
const pairs: Readonly<Partial<Record<LimitId, readonly Pair[]>>> = {
  busesPerAccount: [{ inside: buses(100), outside: buses(101), says: 'warning buses-per-account' }],
  busPolicyCharacters: [{ inside: allowing(34), outside: allowing(35), says: 'warning bus-policy-size' }],
  queuePolicyBytes: [{ inside: ruled(63), outside: ruled(64), says: 'error queue-policy-size' }],
  managedPolicyCharacters: [
    { inside: emitting(57, 100, 2), outside: emitting(58, 100, 2), says: 'error role-policy-size' },
  ],
  rolePolicyCharacters: [{ inside: emitting(71, 110), outside: emitting(72, 110), says: 'error role-policy-size' }],
  managedPoliciesPerRole: [
    { inside: emitting(50, 100, 10), outside: emitting(50, 100, 11), says: 'warning role-policies' },
  ],
  functionEnvironmentBytes: [
    { inside: publishing(20, 100), outside: publishing(24, 100), says: 'error function-environment' },
    { inside: publishing(22, 100), outside: publishing(23, 100), says: 'warning function-environment-prefix' },
  ],
  queueNameCharacters: [
    {
      inside: named({ bindings: queue('q'.repeat(67)) }),
      outside: named({ bindings: queue('q'.repeat(68)) }),
      says: 'error name-too-long',
    },
    {
      inside: named({ bindings: queue('q'.repeat(56)) }),
      outside: named({ bindings: queue('q'.repeat(57)) }),
      says: 'warning name-prefix',
    },
  ],
  topicNameCharacters: [
    {
      inside: named({ bindings: topic('t'.repeat(256)) }),
      outside: named({ bindings: topic('t'.repeat(257)) }),
      says: 'error physical-name',
    },
    {
      inside: named({ bindings: topic('t'.repeat(245)) }),
      outside: named({ bindings: topic('t'.repeat(246)) }),
      says: 'warning name-prefix',
    },
  ],
  eventBusNameCharacters: [
    {
      inside: named({ bus: 'b'.repeat(256) }),
      outside: named({ bus: 'b'.repeat(257) }),
      says: 'error physical-name',
    },
    { inside: named({ bus: 'b'.repeat(245) }), outside: named({ bus: 'b'.repeat(246) }), says: 'warning name-prefix' },
  ],
  stackNameCharacters: [
    {
      inside: named({ title: 121 }),
      outside: named({ title: 122 }),
      says: 'error name-too-long',
      about: 'stack of service',
    },
    {
      inside: named({ title: 110 }),
      outside: named({ title: 111 }),
      says: 'warning name-prefix',
      about: 'stack of service `feeder`',
    },
  ],
  bucketNameCharacters: [
    {
      inside: named({ title: 28, more: { 'x-claim-check': {} } }),
      outside: named({ title: 29, more: { 'x-claim-check': {} } }),
      says: 'error name-too-long',
      about: 'bucket for claims',
    },
  ],
  tableNameCharacters: [
    {
      inside: named({ title: 241 }),
      outside: named({ title: 242 }),
      says: 'error name-too-long',
      about: 'outbox of service',
    },
  ],
  stackResources: [{ inside: ruled(400), outside: ruled(500), says: 'error resources-per-stack' }],
  eventPatternCharacters: [{ inside: fed(85), outside: fed(90), says: 'warning fed-pattern-size' }],
};

async function said(text: string): Promise<readonly Diagnostic[]> {
  return (await understand(text)).diagnostics;
}

const cases = Object.entries(pairs).flatMap(([id, list]) => list.map((one) => [id, one.says, one] as const));

describe('a system just inside a limit passes, and one just outside is told', () => {
  it.each(cases)('%s: %s', async (id, _, { inside, outside, says, about = '' }) => {
    const found = async (text: string) =>
      (await said(text)).filter(
        ({ severity, code, message: told }) => `${severity} ${code}` === says && told.includes(about),
      );
    expect((await found(inside)).map(({ message: told }) => told)).toEqual([]);
    const [first, ...more] = await found(outside);
    expect(first, `${id} of ${outside.slice(0, 200)}`).toBeDefined();
    expect(first?.help).not.toBe('');
    expect(first?.origin.line).toBeGreaterThan(0);
    // A number that was found and the number that AWS allows.
    expect(first?.message).toContain(String(limits[id as LimitId].value));
    expect(more.length).toBeLessThan(3);
  });
});

describe('a quota that AWS has raised', () => {
  it('is what the spec is judged by', async () => {
    const codes = async (text: string) => (await said(text)).map(({ code }) => code);
    expect(await codes(allowing(35))).toContain('bus-policy-size');
    expect(await codes(allowing(35, { quotas: { busPolicyCharacters: 20_000 } }))).not.toContain('bus-policy-size');
    expect(await codes(allowing(35, { quotas: { busPolicyCharacters: 9_000 } }))).toContain('bus-policy-size');
  });

  it('is told how to be written', async () => {
    const [first] = (await said(buses(101))).filter(({ code }) => code === 'buses-per-account');
    expect(first?.help).toContain('x-infrastructure: { quotas: { busesPerAccount: 101 } }');
  });

  it('is refused when it is no quota, with a suggestion', async () => {
    const [first] = (await said(allowing(1, { quotas: { rulesPerBuss: 500 } }))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(first).toMatchObject({ code: 'extension-field', help: 'Did you mean `rulesPerBus`?' });
  });
});

describe('an environment that the spec names', () => {
  const name = 'q'.repeat(60);

  it('is counted by its own length', async () => {
    const codes = async (environment: string) =>
      (await said(named({ bindings: queue(name) }, { environments: { [environment]: {} } }))).map(({ code }) => code);
    expect(await codes('dev')).not.toContain('name-too-long');
    expect(await codes('integration')).toContain('name-too-long');
    expect(await codes('dev')).not.toContain('name-prefix');
  });
});

describe('a service that is too large for one stack', () => {
  const consumers = (length: number) =>
    spec({
      channels: { orders: { address: 'orders', messages: { Placed: message } } },
      operations: {
        place: send('orders'),
        ...Object.fromEntries(
          count(length, (index) => [`take${index}`, receive('orders', { 'x-filter': { a: [index] } })]),
        ),
      },
    });

  it('gets several, and is told', async () => {
    const codes = async (text: string) => (await said(text)).map(({ severity, code }) => `${severity} ${code}`);
    expect(await codes(consumers(35))).not.toContain('info service-split');
    expect(await codes(consumers(60))).toContain('info service-split');
  });
});

describe('a template', () => {
  /** The model of a topic with five filtered consumers, whose policies are then made so long. */
  async function withPolicies(characters: number): Promise<EventModel> {
    const { model } = await understand(
      spec({
        channels: { orders: { address: 'orders', messages: { Placed: message }, bindings: { sns: {} } } },
        operations: {
          place: send('orders'),
          ...Object.fromEntries(
            count(5, (index) => [`take${index}`, receive('orders', { 'x-filter': { a: [index] } })]),
          ),
        },
      }),
    );
    const filterPolicy = { a: ['x'.repeat(characters)] };
    const services = model.system.services.map((service) => ({
      ...service,
      consumers: service.consumers.map((consumer) => ({
        ...consumer,
        wiring: {
          ...consumer.wiring,
          routes: consumer.wiring.routes.map((route) => (route.kind === 'sns' ? { ...route, filterPolicy } : route)),
        },
      })),
    }));
    return { ...model, system: { ...model.system, services } };
  }

  it('holds filter policies word for word', async () => {
    const most = limits.stackTemplateBytes.value;
    expect(stackLimits(await withPolicies(150_000))).toEqual([]);
    expect(stackLimits(await withPolicies(210_000))).toMatchObject([
      { code: 'template-size', severity: 'error', message: expect.stringContaining(String(most)) },
    ]);
  });
});

describe('alarms', () => {
  it('are counted over all services', async () => {
    const { model } = await understand(ruled(1));
    const copies = (length: number): EventModel => {
      const services = count(length, (index) => {
        return model.system.services.map((service) => ({
          ...service,
          wiring: { ...service.wiring, name: `${service.wiring.name}${index}` },
          consumers: service.consumers.map((one) => ({
            ...one,
            wiring: { ...one.wiring, service: `${service.wiring.name}${index}` },
          })),
        }));
      }).flat();
      return { ...model, system: { ...model.system, services } };
    };
    expect(alarmsPerAccount(copies(10))).toEqual([]);
    const [first] = alarmsPerAccount(copies(1_700));
    expect(first).toMatchObject({ code: 'alarms-per-account', message: expect.stringContaining('5000') });
  });
});

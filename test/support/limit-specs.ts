/* Specs that are just inside a limit of AWS, or just outside. */

/** A list made by its indexes. */
export function count<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

/** What of a spec matters for a limit. */
export interface Parts {
  readonly title?: string;
  /** `x-infrastructure`. */
  readonly infrastructure?: object;
  readonly servers?: object;
  readonly channels: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
}

/** A spec as JSON text. */
export function spec({ title = 'Limits', infrastructure, servers, channels, operations }: Parts): string {
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

/** A message with a number in its payload. */
export const message = { payload };

const at = (channel: string) => ({ channel: { $ref: `#/channels/${channel}` } });

/** A `send` operation. */
export function send(channel: string, service = 'feeder'): object {
  return { action: 'send', ...at(channel), 'x-service': service };
}

/** A `receive` operation. */
export function receive(channel: string, more: object = {}): object {
  return {
    action: 'receive',
    ...at(channel),
    'x-service': 'taker',
    ...more,
  };
}

/** A consumer with so many rules, each of a channel of its own. */
export function ruled(rules: number): string {
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
export function emitting(events: number, characters: number, channels = 1): string {
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
export function publishing(topics: number, characters: number, infrastructure?: object): string {
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
export function named(
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

/** The binding of a queue. */
export function queue(name: string): object {
  return { sqs: { queue: { name, fifoQueue: false } } };
}

/** The binding of a topic. */
export function topic(name: string): object {
  return { sns: { name } };
}

/** So many buses. */
export const buses = (length: number): string =>
  spec({
    servers: Object.fromEntries(count(length, (index) => [`s${index}`, { host: 'x', protocol: 'eventbridge' }])),
    channels: {},
    operations: {},
  });

/** A channel of so many messages behind a bus and a topic. */
export function fed(messages: number): string {
  const all = Object.fromEntries(count(messages, (index) => [`Message${index}`.padEnd(20, 'x'), message]));
  const servers = [{ $ref: '#/servers/main' }];
  return spec({
    channels: { orders: { address: 'orders', servers, messages: all, bindings: { sns: {} } } },
    operations: { place: send('orders'), take: receive('orders', { 'x-delivery': { type: 'function' } }) },
  });
}

/** So many accounts may publish to a bus. */
export function allowing(accounts: number, infrastructure?: object): string {
  const allowAccounts = count(accounts, (index) => `${100_000_000_000 + index}`);
  return spec({
    ...(infrastructure === undefined ? {} : { infrastructure }),
    servers: { main: { host: 'x', protocol: 'eventbridge', 'x-eventbridge': { busName: 'main', allowAccounts } } },
    channels: { orders: { address: 'orders', messages: { Placed: message } } },
    operations: { place: send('orders'), take: receive('orders') },
  });
}

/** A function that another service calls, in a system whose title has so many characters. */
export function called(title: number): string {
  return spec({
    title: 't'.repeat(title),
    channels: { orders: { address: 'orders', messages: { Placed: message } } },
    operations: { place: send('orders', 'shop'), quotePriceNow: receive('orders', { 'x-callers': ['shop'] }) },
  });
}

/** A bus of a name, with a schema registry. */
export function registered(characters: number): string {
  const bus = { busName: 'b'.repeat(characters), schemaRegistry: true };
  return spec({
    servers: { main: { host: 'x', protocol: 'eventbridge', 'x-eventbridge': bus } },
    channels: { orders: { address: 'orders', messages: { Placed: message } } },
    operations: { place: send('orders'), take: receive('orders') },
  });
}

/** An event whose name and source have so many characters. */
export function worded(name: number, source: number): string {
  const messages = { ['E'.padEnd(name, 'e')]: message };
  return spec({
    channels: { orders: { address: 's'.repeat(source), messages } },
    operations: { place: send('orders'), take: receive('orders') },
  });
}

/** A message with so many headers: three more attributes are ours. */
export function headed(headers: number): string {
  const properties = Object.fromEntries(count(headers, (index) => [`h${index}`, { type: 'string' }]));
  const placed = { payload, headers: { type: 'object', properties } };
  return spec({
    channels: { orders: { address: 'orders', messages: { Placed: placed }, bindings: { sns: {} } } },
    operations: { place: send('orders'), take: receive('orders') },
  });
}

/** A service whose API has so many paths of one part. */
export function served(paths: number): string {
  const keys = count(paths, (index) => `c${index}`);
  return spec({
    channels: Object.fromEntries(keys.map((key) => [key, { address: key, messages: { [`M${key}`]: message } }])),
    operations: Object.fromEntries(
      keys.map((key) => [
        `send${key}`,
        { ...send(key), 'x-ingress': { type: 'http', method: 'POST', path: `/${key}` } },
      ]),
    ),
  });
}

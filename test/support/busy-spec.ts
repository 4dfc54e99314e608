/** How much there is in a made spec. */
export interface Busyness {
  readonly events: number;
  readonly services: number;
  /** Services that receive each event. */
  readonly receiversEach: number;
  /** Turns the order of everything around. Default: false. */
  readonly isReversed?: boolean;
}

/** Makes a spec of one bus whose services send and receive each other's events, some under a filter. Deterministic. */
export function busySpec({ events, services, receiversEach, isReversed = false }: Busyness): string {
  const numbers = Array.from({ length: events }, (_, index) => index);
  const ordered = <T>(items: readonly T[]): readonly T[] => (isReversed ? items.toReversed() : items);
  const channels = Array.from({ length: Math.min(services, events) }, (_, service) =>
    channel(service, ordered(numbers.filter((number) => number % services === service))),
  );
  const operations = numbers.flatMap((number) => operationsOf(number, services, receiversEach));
  return [
    'asyncapi: 3.0.0',
    'info: { title: Busy, version: 1.0.0 }',
    'servers: { busy: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }',
    'channels:',
    ...ordered(channels),
    'operations:',
    ...ordered(operations),
    'components:',
    '  messages:',
    ...ordered(numbers).map(
      (number) => `    ${eventName(number)}: { name: ${eventName(number)}, payload: ${payload} }`,
    ),
    '',
  ].join('\n');
}

const payload = '{ type: object, properties: { amount: { type: number }, market: { type: string } } }';

function channel(service: number, members: readonly number[]): string {
  const messages = members.map(
    (number) => `${eventName(number)}: { $ref: '#/components/messages/${eventName(number)}' }`,
  );
  return `  area${service}: { address: busy.area${service}, messages: { ${messages.join(', ')} } }`;
}

function operationsOf(number: number, services: number, receiversEach: number): readonly string[] {
  const sender = number % services;
  const place = `channel: { $ref: '#/channels/area${sender}' }`;
  const messages = `messages: [{ $ref: '#/channels/area${sender}/messages/${eventName(number)}' }]`;
  const receivers = Array.from({ length: receiversEach }, (_, step) => (sender + 1 + step * (step + 1)) % services);
  const filter = number % 3 === 0 ? `, x-filter: { amount: [{ numeric: ['>=', ${number}] }] }` : '';
  return [
    `  send${number}: { action: send, ${place}, ${messages}, x-service: service-${sender} }`,
    ...[...new Set(receivers)].map(
      (receiver) =>
        `  on${number}in${receiver}: { action: receive, ${place}, ${messages}, x-service: service-${receiver}${filter} }`,
    ),
  ];
}

function eventName(number: number): string {
  return `Thing${number}Happened`;
}

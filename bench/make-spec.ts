/**
 * Makes an AsyncAPI document of `events` events with ten properties each, ten events to a channel and service, one
 * `send` operation an event and no consumers. Event number `edited` gets one property more. Deterministic.
 */
export function makeSpec(events: number, edited?: number): string {
  const numbers = Array.from({ length: events }, (_, index) => index);
  const groups = Array.from({ length: Math.ceil(events / 10) }, (_, group) =>
    numbers.slice(group * 10, group * 10 + 10),
  );
  return [
    'asyncapi: 3.0.0',
    'info: { title: Bench, version: 1.0.0 }',
    'servers:',
    '  bench: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge, x-eventbridge: { busName: bench } }',
    'channels:',
    ...groups.flatMap(channel),
    'operations:',
    ...numbers.flatMap(operation),
    'components:',
    '  messages:',
    ...numbers.flatMap((number) => message(number, number === edited)),
    '',
  ].join('\n');
}

function channel(members: readonly number[], group: number): readonly string[] {
  return [
    `  area${group}:`,
    `    address: bench.area${group}`,
    "    servers: [{ $ref: '#/servers/bench' }]",
    '    messages:',
    ...members.map((number) => `      ${eventName(number)}: { $ref: '#/components/messages/${eventName(number)}' }`),
  ];
}

function operation(number: number): readonly string[] {
  const channel = `#/channels/area${Math.floor(number / 10)}`;
  return [
    `  publish${eventName(number)}:`,
    '    action: send',
    `    channel: { $ref: '${channel}' }`,
    `    messages: [{ $ref: '${channel}/messages/${eventName(number)}' }]`,
    `    x-service: service-${Math.floor(number / 10)}`,
  ];
}

function message(number: number, edited: boolean): readonly string[] {
  return `
${eventName(number)}:
  name: ${eventName(number)}
  summary: Event number ${number}.
  payload:
    type: object
    additionalProperties: false
    required: [id, kind, amount, currency, createdAt, customer, lines]
    properties:
      id: { type: string, format: uuid, description: Identifies the thing. }
      kind: { type: string, enum: [created, changed, removed], description: What happened. }
      amount: { type: number, minimum: 0, description: In the currency beside it. }
      currency: { type: string, pattern: '^[A-Z]{3}$' }
      createdAt: { type: string, format: date-time }
      reference: { type: [string, 'null'], maxLength: 40 }
      priority: { type: integer, minimum: 1, maximum: 9, default: 5 }
      urgent: { type: boolean }
      customer:
        type: object
        required: [customerId]
        properties:
          customerId: { type: string, minLength: 1 }
          email: { type: string, format: email }
      lines:
        type: array
        minItems: 1
        items:
          type: object
          required: [sku, quantity]
          properties:
            sku: { type: string }
            quantity: { type: integer, minimum: 1 }${edited ? '\n      note: { type: string }' : ''}`
    .split('\n')
    .slice(1)
    .map((line) => `    ${line}`);
}

function eventName(number: number): string {
  return `Thing${number}Happened`;
}

/**
 * Makes a spec as a company has it after some years, as JSON text: `events` events of `services` services on a bus, with
 * nested payloads, examples, descriptions, and two consumers each, most with filters. Deterministic.
 */
export function makeTown(events: number, services: number): string {
  const numbers = Array.from({ length: events }, (_, index) => index);
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Town', version: '4.2.0', description: 'What happens in a town, told by those who make it happen.' },
    servers: {
      town: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge', 'x-eventbridge': { busName: 'town' } },
    },
    channels: Object.fromEntries(
      Array.from({ length: services }, (_, service) => [areaOf(service), channel(service, numbers, services)]),
    ),
    operations: Object.fromEntries(numbers.flatMap((number) => operations(number, services))),
    components: { messages: Object.fromEntries(numbers.map((number) => [eventName(number), message(number)])) },
  };
  return JSON.stringify(document, null, 1);
}

const subjects = ['Tram', 'Permit', 'Parcel', 'Invoice', 'Library', 'Market', 'Harbour', 'Water', 'Street', 'School'];
const things = ['Route', 'Request', 'Ticket', 'Notice', 'Order', 'Visit', 'Repair', 'Report', 'Reading', 'Claim'];
const verbs = ['Opened', 'Changed', 'Approved', 'Closed', 'Moved', 'Paid', 'Rejected', 'Planned', 'Counted', 'Expired'];

/** The nth event's name: `TramRouteOpened`, unique up to 1,000 and numbered beyond. */
export function eventName(number: number): string {
  const at = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
  const name = `${at(subjects, number)}${at(things, Math.floor(number / 10))}${at(verbs, Math.floor(number / 100) + number)}`;
  return number < 1_000 ? name : `${name}${Math.floor(number / 1_000)}`;
}

function areaOf(service: number): string {
  return `area${service}`;
}

function serviceName(number: number): string {
  return `${(subjects[number % 10] ?? '').toLowerCase()}-${(things[Math.floor(number / 10) % 10] ?? '').toLowerCase()}s`;
}

function channel(service: number, numbers: readonly number[], services: number): object {
  const own = numbers.filter((number) => number % services === service);
  return {
    address: `town.${serviceName(service)}`,
    description: `What ${serviceName(service)} have to tell.`,
    servers: [{ $ref: '#/servers/town' }],
    messages: Object.fromEntries(
      own.map((number) => [eventName(number), { $ref: `#/components/messages/${eventName(number)}` }]),
    ),
  };
}

function operations(number: number, services: number): readonly (readonly [string, object])[] {
  const home = number % services;
  const name = eventName(number);
  const selected = {
    channel: { $ref: `#/channels/${areaOf(home)}` },
    messages: [{ $ref: `#/channels/${areaOf(home)}/messages/${name}` }],
  };
  const receive = (step: number, extra: object): readonly [string, object] => [
    `on${name}In${step}`,
    {
      action: 'receive',
      ...selected,
      'x-service': serviceName((home + step) % services),
      summary: `Reacts when ${name} comes.`,
      ...extra,
    },
  ];
  return [
    [`send${name}`, { action: 'send', ...selected, 'x-service': serviceName(home), summary: `Tells of ${name}.` }],
    receive(1 + (number % 3), { 'x-filter': { amount: [{ numeric: ['>=', 10 * (number % 7)] }], kind: ['created'] } }),
    receive(5 + (number % 4), number % 2 === 0 ? { 'x-filter': { customer: { tier: ['gold', 'silver'] } } } : {}),
  ];
}

function message(number: number): object {
  const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });
  return {
    name: eventName(number),
    title: eventName(number).replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    summary: `Something happened in the town, of kind ${number}.`,
    description: `Sent **once** for each case. See *${serviceName(number)}* for who answers questions.`,
    examples: [{ name: 'usual', payload: example(number) }],
    payload: {
      type: 'object',
      required: ['id', 'kind', 'amount', 'currency', 'createdAt', 'customer', 'lines'],
      properties: {
        id: text('Identifies the case.', { format: 'uuid' }),
        kind: text('What happened to it.', { enum: ['created', 'changed', 'removed'] }),
        amount: { type: 'number', minimum: 0, description: 'What it costs, in `currency`.' },
        currency: text('ISO 4217 code.', { pattern: '^[A-Z]{3}$' }),
        createdAt: text('When it happened.', { format: 'date-time' }),
        note: text('What a person wrote about it.', { maxLength: 500 }),
        [`detail${number % 40}`]: { type: ['string', 'null'], description: 'Only some offices use it.' },
        customer: {
          type: 'object',
          description: 'Whom it concerns.',
          required: ['customerId'],
          properties: {
            customerId: text('Number in the register.', { minLength: 4, maxLength: 20 }),
            tier: text('Standing with the town.', { enum: ['gold', 'silver', 'standard'], default: 'standard' }),
            email: text('Address for answers.', { format: 'email' }),
          },
        },
        lines: {
          type: 'array',
          description: 'Its parts.',
          minItems: 1,
          maxItems: 50,
          items: {
            type: 'object',
            required: ['code', 'quantity'],
            properties: {
              code: text('Code of the part.', { pattern: '^[A-Z]{3}-[0-9]{4}$' }),
              quantity: { type: 'integer', minimum: 1, maximum: 999 },
              price: { type: 'number', minimum: 0 },
            },
          },
        },
      },
    },
  };
}

function example(number: number): object {
  return {
    id: `4c6ff6f5-6e59-4f4e-9d0b-${String(number).padStart(12, '0')}`,
    kind: ['created', 'changed', 'removed'][number % 3],
    amount: number % 100,
    currency: 'EUR',
    createdAt: '2026-11-20T09:15:00Z',
    customer: { customerId: `town-${number}`, tier: 'gold' },
    lines: [{ code: 'TEA-0420', quantity: 2, price: 18.2 }],
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { brief, understand } from '../../../../test/support/model-of.ts';
import { toTopology } from '../to-topology.ts';

/** A clinic whose spec says everything that can be said of its deployment. Each case below breaks one place of it. */
const good = `
asyncapi: 3.0.0
info: { title: Clinic, version: 1.0.0 }
x-infrastructure:
  encryption: customer
  logRetentionDays: 14
  memoryMb: 512
  timeoutSeconds: 20
  notify: [oncall@clinic.example]
  tags: { team: wards, 'cost-centre': '42' }
  alarms: { errors: 3, throttles: false }
  services:
    lab: { memoryMb: 1024, tracing: false }
  environments:
    prod: { logRetentionDays: 365, services: { lab: { timeoutSeconds: 60 } } }
    dev: { alarms: false, dashboard: false, architecture: x86_64, removal: destroy, notify: [] }
servers:
  clinic:
    host: events.eu-west-1.amazonaws.com
    protocol: eventbridge
    x-eventbridge:
      schemaRegistry: true
      logging: { level: trace, detail: true }
      allowAccounts:
        - '210987654321'
        - { account: '123456789012', events: [{ $ref: '#/channels/visits/messages/Admitted' }] }
channels:
  visits:
    address: clinic.visits
    servers: [{ $ref: '#/servers/clinic' }]
    messages: { Admitted: { $ref: '#/components/messages/Admitted' }, Left: { $ref: '#/components/messages/Left' } }
  results:
    address: results
    messages: { Measured: { $ref: '#/components/messages/Measured' } }
    bindings: { sns: { name: results } }
operations:
  admit: { action: send, channel: { $ref: '#/channels/visits' }, x-service: reception }
  measure: { action: send, channel: { $ref: '#/channels/results' }, x-service: devices }
  assignBed: { action: receive, channel: { $ref: '#/channels/visits' }, x-service: wards, x-alarms: { errors: 10 } }
  analyse: { action: receive, channel: { $ref: '#/channels/results' }, x-service: lab, x-delivery: { batchingWindowSeconds: 5 } }
  file: { action: receive, channel: { $ref: '#/channels/results' }, x-service: lab, x-delivery: { type: function, memoryMb: 128 } }
  paint: { action: receive, channel: { $ref: '#/channels/visits' }, messages: [{ $ref: '#/channels/visits/messages/Admitted' }], x-service: screens, x-consumer: screen, x-alarms: false }
  clear: { action: receive, channel: { $ref: '#/channels/visits' }, messages: [{ $ref: '#/channels/visits/messages/Left' }], x-service: screens, x-consumer: screen, x-delivery: { timeoutSeconds: 5 } }
components:
  messages:
    Admitted: { payload: { type: object, required: [patient], properties: { patient: { type: string }, bed: { const: A1 } } } }
    Left: { payload: { type: object, properties: { patient: { type: string } } } }
    Measured: { payload: { type: object } }
`;

async function topologyOf(text: string) {
  const { model, diagnostics } = await understand(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return toTopology(model);
}

describe('x-infrastructure', () => {
  it('comes into the topology as it is written', async () => {
    const { infrastructure } = await topologyOf(good);
    expect(infrastructure).toEqual({
      encryption: 'customer',
      logRetentionDays: 14,
      memoryMb: 512,
      timeoutSeconds: 20,
      notify: ['oncall@clinic.example'],
      tags: { team: 'wards', 'cost-centre': '42' },
      alarms: { errors: 3, throttles: false },
      services: { lab: { memoryMb: 1024, tracing: false } },
      environments: {
        prod: { logRetentionDays: 365, services: { lab: { timeoutSeconds: 60 } } },
        dev: { alarms: false, dashboard: false, architecture: 'x86_64', removal: 'destroy', notify: [] },
      },
    });
  });

  it('is absent from the topology of a spec without it', async () => {
    const spec = good.replace(/x-infrastructure:[\s\S]*?servers:/, 'servers:');
    expect(await topologyOf(spec)).not.toHaveProperty('infrastructure');
  });

  it('gives memory and timeout to functions whose operations give none, and the visibility timeout follows', async () => {
    const { consumers } = await topologyOf(good);
    const deliveries = Object.fromEntries(consumers.map(({ key, delivery }) => [key, delivery]));
    expect(deliveries).toMatchObject({
      'lab/analyse': { memoryMb: 1024, timeoutSeconds: 20, visibilityTimeoutSeconds: 6 * 20 + 5 },
      'lab/file': { memoryMb: 128, timeoutSeconds: 20 },
      'screens/screen': { memoryMb: 512, timeoutSeconds: 5, visibilityTimeoutSeconds: 6 * 5 },
      'wards/assignBed': { memoryMb: 512, timeoutSeconds: 20, visibilityTimeoutSeconds: 6 * 20 },
    });
  });

  it('gives them to the relay of an outbox too, memory only', async () => {
    const { services } = await topologyOf(good.replace('x-service: reception', 'x-service: reception, x-outbox: true'));
    expect(services.find(({ name }) => name === 'reception')?.outbox).toMatchObject({
      memoryMb: 512,
      timeoutSeconds: 60,
    });
  });
});

describe('x-alarms', () => {
  it('are those of the consumer, on whichever of its operations they stand', async () => {
    const { consumers } = await topologyOf(good);
    expect(consumers.map(({ key, alarms }) => [key, alarms])).toEqual([
      ['lab/analyse', undefined],
      ['lab/file', undefined],
      ['screens/screen', false],
      ['wards/assignBed', { errors: 10 }],
    ]);
  });
});

describe('x-eventbridge', () => {
  it('lets accounts publish all events of the bus, or those that are listed', async () => {
    const [bus] = (await topologyOf(good)).destinations;
    expect(bus).toMatchObject({
      logging: { level: 'trace', detail: true },
      allowAccounts: [
        { account: '123456789012', events: [{ name: 'Admitted', source: 'clinic.visits' }] },
        {
          account: '210987654321',
          events: [
            { name: 'Admitted', source: 'clinic.visits' },
            { name: 'Left', source: 'clinic.visits' },
          ],
        },
      ],
    });
  });

  it('has the payloads of the events of the bus, and of no others, in its registry', async () => {
    const [bus] = (await topologyOf(good)).destinations;
    const schemas = bus?.kind === 'bus' ? (bus.schemaRegistry ?? []) : [];
    expect(schemas.map(({ name }) => name)).toEqual(['clinic.visits@Admitted', 'clinic.visits@Left']);
    expect(JSON.parse(schemas[0]?.content ?? '')).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Admitted',
      type: 'object',
      required: ['patient'],
      properties: { patient: { type: 'string' }, bed: { enum: ['A1'] } },
    });
  });

  it('names schemas without what a registry does not take', async () => {
    const [bus] = (await topologyOf(good.replace('address: clinic.visits', 'address: clinic/visits'))).destinations;
    expect(bus).toMatchObject({ schemaRegistry: [{ name: 'clinicvisits@Admitted' }, { name: 'clinicvisits@Left' }] });
  });
});

it('a spec that says everything is without a fault', async () => {
  const { diagnostics } = await understand(good);
  expect(brief(diagnostics.filter(({ severity }) => severity !== 'info'))).toEqual([]);
});

const folder = new URL('../../../../schemas/extensions/', import.meta.url);
const schemas = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
const ajv = new Ajv({ strict: false, logger: false, schemas });

/** Tells whether an editor that knows the schemas of the extensions would accept a spec. */
const editorAccepts = (text: string): boolean => ajv.validate('eventloom.schema.json', parse(text)) === true;

it('a spec that says everything is accepted by an editor', () => {
  expect([editorAccepts(good), ajv.errors]).toEqual([true, null]);
});

/** What is expected, what is replaced, and by what: `#!` marks the line of the diagnostic. Then what the help says. */
const faults: readonly (readonly [expected: string, from: string, to: string, help?: string])[] = [
  ['error extension-field', 'logRetentionDays: 14', 'logRetention: 14 #!', 'Did you mean `logRetentionDays`?'],
  ['error extension-value', 'logRetentionDays: 14', 'logRetentionDays: 15 #!'],
  ['error extension-value', 'logRetentionDays: 14', "logRetentionDays: '14' #!"],
  ['error extension-value', 'encryption: customer', 'encryption: custom #!', 'Did you mean `customer`?'],
  ['error extension-value', 'memoryMb: 512', 'memoryMb: 64 #!'],
  ['error extension-value', 'timeoutSeconds: 20', 'timeoutSeconds: 901 #!'],
  ['error extension-value', 'notify: [oncall@clinic.example]', 'notify: oncall@clinic.example #!'],
  ['error extension-value', 'notify: [oncall@clinic.example]', 'notify:\n    - oncall@clinic.example\n    - oncall #!'],
  ['error extension-value', 'tags: { team: wards,', "tags: { 'aws:team': wards, #!\n   "],
  ['error extension-value', "'cost-centre': '42' }", "'cost-centre': 42 } #!"],
  ['error extension-value', "'cost-centre': '42' }", "'cost-centre': '{{resolve:ssm:secret}}' } #!"],
  ['error extension-value', 'alarms: { errors: 3,', 'alarms: { errors: 0, #!\n   '],
  ['error extension-value', 'alarms: { errors: 3, throttles: false }', 'alarms: true #!'],
  ['error extension-field', 'alarms: { errors: 3,', 'alarms: { error: 3, #!\n   ', 'Did you mean `errors`?'],
  [
    'error unknown-service',
    'lab: { memoryMb: 1024, tracing: false }',
    'labs: { memoryMb: 1024 } #!',
    'Did you mean `lab`?',
  ],
  [
    'error unknown-service',
    'services: { lab: { timeoutSeconds: 60 } }',
    'services: { ward: {} } #!\n     ',
    'Did you mean `wards`?',
  ],
  ['error extension-value', 'tracing: false', "tracing: 'no' #!\n     "],
  [
    'error extension-field',
    'lab: { memoryMb: 1024,',
    'lab: { encryption: customer, #!\n     ',
    'one key for the whole system',
  ],
  [
    'error extension-field',
    'prod: { logRetentionDays: 365,',
    'prod: { encryption: customer, #!\n     ',
    'one key for the whole system',
  ],
  ['error extension-field', 'lab: { memoryMb: 1024,', 'lab: { notify: [], #!\n     ', 'below an environment'],
  ['error extension-value', 'prod: {', 'Prod: { #!\n     '],
  ['error extension-value', 'removal: destroy', 'removal: delete #!\n     '],
  ['error extension-value', 'architecture: x86_64', 'architecture: x86-64 #!\n     ', 'Did you mean `x86_64`?'],
  ['error extension-typo', 'x-infrastructure:', 'x-infrastucture: #!', 'Did you mean `x-infrastructure`?'],
  [
    'error misplaced-extension',
    'x-service: reception',
    'x-service: reception, x-alarms: false #!\n   ',
    'receive operation',
  ],
  [
    'error misplaced-extension',
    'x-service: reception',
    'x-service: reception, x-infrastructure: {} #!\n   ',
    'at the root',
  ],
  ['error extension-value', 'x-alarms: { errors: 10 }', 'x-alarms: { errors: many } #!\n   '],
  ['error extension-value', 'x-alarms: { errors: 10 }', 'x-alarms: on #!\n   '],
  ['error two-values', 'x-delivery: { timeoutSeconds: 5 }', 'x-delivery: { timeoutSeconds: 5 }, x-alarms: {} '],
  ['error extension-value', "- '210987654321'", '- 21098765432 #!'],
  ['error allowed-account-twice', "- '210987654321'", "- '210987654321'\n        - '210987654321' #!"],
  ['error allowed-event', '#/channels/visits/messages/Admitted', '#/channels/results/messages/Measured'],
  ['error allowed-event', '#/channels/visits/messages/Admitted', '#/components/messages/Admitted'],
  [
    'error extension-field',
    "{ account: '123456789012', events:",
    "{ account: '123456789012', event: #!\n           ",
    'Did you mean `events`?',
  ],
  ['error extension-value', "account: '123456789012', events", 'events'],
  ['error extension-value', 'level: trace', 'level: debug #!\n       '],
  ['error extension-field', 'detail: true', 'details: true #!\n       ', 'Did you mean `detail`?'],
  ['info schema-registry-lossy', 'bed: { const: A1 }', "bed: { type: string, pattern: '^(?<=A)B' }"],
  ['error physical-name', '    x-eventbridge:\n', `    x-eventbridge:\n      busName: ${'b'.repeat(65)}\n`],
];

describe('a mistake', () => {
  it.each(faults.map((fault) => ({ fault })))('is told: $fault', async ({ fault: [expected, from, to, help] }) => {
    const text = good.replace(from, () => to);
    expect(text).not.toBe(good);
    const { diagnostics } = await understand(text.replaceAll('#!', ''));
    const told = diagnostics.filter(({ severity, code }) => severity !== 'info' || expected.startsWith(`info ${code}`));
    const line = text.split('\n').findIndex((one) => one.includes('#!')) + 1;
    expect(brief(told)).toEqual([line === 0 ? expect.stringContaining(expected) : `${expected} at ${line}`]);
    // What is wrong by itself is wrong to an editor too; what is wrong beside something else is not.
    if (/extension-(field|value)/.test(expected)) expect(editorAccepts(text.replaceAll('#!', ''))).toBe(false);
    if (help !== undefined) expect(told[0]?.help).toContain(help);
  });
});

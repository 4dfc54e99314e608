import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { main } from './main.ts';
import type { Terminal } from './terminal.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: shop.orders
    servers: [{ $ref: '#/servers/shop' }]
    messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } }
  shipments:
    address: shop.shipments
    servers: [{ $ref: '#/servers/shop' }]
    bindings: { sns: { name: shipments } }
    messages: { ShipmentCreated: { $ref: '#/components/messages/ShipmentCreated' } }
  submissions:
    address: submissions
    bindings: { sns: { name: submissions } }
    messages: { OrderSubmitted: { $ref: '#/components/messages/OrderSubmitted' } }
operations:
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
  submitOrder: { action: send, channel: { $ref: '#/channels/submissions' }, x-service: orders }
  screenOrder:
    action: receive
    channel: { $ref: '#/channels/orders' }
    x-service: fraud
    x-filter: { total: [{ numeric: ['>=', 500] }], market: [eu, us] }
    x-emits: [{ $ref: '#/channels/shipments/messages/ShipmentCreated' }]
  trackShipment:
    action: receive
    channel: { $ref: '#/channels/shipments' }
    x-service: tracking
    x-filter: { carrier: [dhl] }
    x-delivery: { type: function }
  acceptOrder:
    action: receive
    channel: { $ref: '#/channels/submissions' }
    x-service: orders
    x-filter: { market: [eu] }
    x-filter-scope: attributes
components:
  messages:
    OrderPlaced:
      payload:
        type: object
        required: [total, market]
        properties: { total: { type: number }, market: { enum: [eu, us, ru] } }
    ShipmentCreated:
      payload: { type: object, required: [carrier], properties: { carrier: { enum: [dhl, ups] } } }
    OrderSubmitted:
      headers: { type: object, properties: { market: { type: string } } }
      payload: { type: object, required: [market], properties: { market: { type: string } } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventloom-cli-'));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'asyncapi.yaml'), spec);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command line in the folder. */
async function run(argv: readonly string[], input = '') {
  const printed = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    color: { out: false, err: false },
    input: chunks(input),
    workingDirectory: folder,
  };
  const code = await main(argv, terminal);
  return { code, ...printed, json: () => JSON.parse(printed.out) };
}

/** Input as it comes through a pipe: in pieces that end anywhere. */
async function* chunks(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += 7) yield text.slice(start, start + 7);
}

const put = (path: string, content: string): void => writeFileSync(join(folder, path), content);

describe('usage', () => {
  test('an unknown command suggests the nearest', async () => {
    const { code, out, err } = await run(['genrate']);
    expect([code, out, err]).toEqual([2, '', 'eventloom: There is no command "genrate".\nDid you mean "generate"?\n']);
  });

  test.each(['diff', 'docs', 'dev', 'init', 'add'])('%s is no command yet', async (name) => {
    expect((await run([name])).code).toBe(2);
    expect((await run(['--help'])).out).not.toMatch(new RegExp(`^ +${name}\\b`, 'm'));
  });

  test.each([
    [['generate', '--chek'], 'Did you mean "--check"?'],
    [['validate', '--out', 'x'], 'eventloom validate has no option "--out".'],
    [['generate', '--out'], '--out needs a value'],
    [['generate', '--check=yes'], '--check takes no value.'],
    [['generate', 'now'], 'does not know what to do with "now"'],
    [['route'], 'eventloom route needs <file or ->.'],
    [['generate', '--watch', '--check'], '--watch does not go with --check.'],
    [[], 'No command was given.'],
    [['validate', '--spec', 'no.yaml'], 'no.yaml'],
    [['route', 'no.json'], 'There is no file no.json.'],
  ])('%j is answered with exit code 2', async (argv, message) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('with --json, wrong usage is one JSON document too', async () => {
    const { code, json, err } = await run(['--json', 'genrate']);
    expect([code, err]).toEqual([2, '']);
    expect(json()).toEqual({
      diagnostics: [
        {
          code: 'unknown-command',
          severity: 'error',
          message: 'There is no command "genrate".',
          help: 'Did you mean "generate"?',
          file: '',
          line: 1,
          column: 1,
          pointer: '',
        },
      ],
    });
  });

  test('options may stand before the command', async () => {
    expect((await run(['--spec', 'asyncapi.yaml', 'validate'])).code).toBe(0);
  });

  test('a bug of ours ends with 70, a request to report it, and a stack', async () => {
    const [first] = commands;
    const broken = { ...first, load: () => Promise.reject(new Error('boom')) };
    const mutable = commands as unknown as unknown[];
    mutable[0] = broken;
    try {
      const { code, err } = await run(['validate']);
      expect([code, /boom[\s\S]*report it[\s\S]*at /.test(err)]).toEqual([70, true]);
      expect((await run(['validate', '--json'])).json().diagnostics[0].code).toBe('internal-error');
    } finally {
      mutable[0] = first;
    }
  });

  test.each(commands.map(({ name }) => name))('%s has help', async (name) => {
    const { code, out } = await run([name, '--help']);
    expect([code, out.includes(`Usage: eventloom ${name}`)]).toEqual([0, true]);
  });

  test('the version is that of the package', async () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((await run(['--version'])).out).toBe(`${JSON.parse(text).version}\n`);
  });
});

describe('validate', () => {
  test('a fine spec is clean', async () => {
    const { code, json } = await run(['validate', '--json']);
    expect([code, json()]).toEqual([0, { diagnostics: [] }]);
  });

  test('an error of the spec is exit code 1, at its place', async () => {
    put('asyncapi.yaml', spec.replace('market: [eu, us] }', 'markt: [eu, us] }'));
    const { code, json } = await run(['validate', '--json']);
    expect(code).toBe(1);
    const [first] = json().diagnostics;
    expect([first.file, first.severity]).toEqual(['asyncapi.yaml', 'error']);
    expect(spec.split('\n')[first.line - 1]).toContain('x-filter');
  });

  test('paths are relative to the working directory', async () => {
    mkdirSync(join(folder, 'specs'));
    put('specs/shop.yaml', 'asyncapi: 3.0.0\n');
    const { json } = await run(['validate', '--spec', 'specs/shop.yaml', '--json']);
    expect(json().diagnostics[0].file).toBe('specs/shop.yaml');
  });

  test('--print-model prints the model', async () => {
    const { out } = await run(['validate', '--print-model']);
    expect(JSON.parse(out).system.name).toBe('shop');
  });
});

describe('generate', () => {
  test('writes once, then changes nothing, from the cache or not', async () => {
    const first = (await run(['generate', '--json'])).json();
    expect(first.written).toContain('generated/events/order-placed.ts');
    expect(first).toMatchObject({ unchanged: 0, removed: [], diagnostics: [] });
    const clean = { written: [], unchanged: first.written.length, removed: [], diagnostics: [] };
    expect((await run(['generate', '--json'])).json()).toEqual(clean);
    rmSync(join(folder, 'node_modules/.cache'), { recursive: true });
    expect((await run(['generate', '--json'])).json()).toEqual(clean);
  });

  test('--check fails on drift and names the files', async () => {
    await run(['generate']);
    expect((await run(['generate', '--check'])).code).toBe(0);
    put('generated/index.ts', 'edited');
    rmSync(join(folder, 'generated/infra.ts'));
    const { code, out } = await run(['generate', '--check']);
    expect(code).toBe(1);
    expect(out).toContain('missing generated/infra.ts\nchanged generated/index.ts\n');
    expect(readFileSync(join(folder, 'generated/index.ts'), 'utf8')).toBe('edited');
  });

  test('a spec with errors writes nothing and removes nothing', async () => {
    await run(['generate']);
    put('asyncapi.yaml', spec.replace('action: send', 'action: sent'));
    const { code, json } = await run(['generate', '--json']);
    expect([code, json().written, json().removed]).toEqual([1, [], []]);
    put('asyncapi.yaml', spec);
    expect((await run(['generate', '--check'])).code).toBe(0);
  });

  test("someone else's file in the way is exit code 2", async () => {
    mkdirSync(join(folder, 'generated'));
    put('generated/index.ts', 'mine');
    const { code, json } = await run(['generate', '--json']);
    expect([code, json().diagnostics[0].file]).toEqual([2, 'generated/index.ts']);
    expect(readFileSync(join(folder, 'generated/index.ts'), 'utf8')).toBe('mine');
  });

  test('the order of the spec is not in the output', async () => {
    await run(['generate']);
    const [head = '', ...operations] = spec.split(
      /^(?= {2}(?:placeOrder|submitOrder|screenOrder|trackShipment|acceptOrder):)/m,
    );
    const last = operations.pop() ?? '';
    const [own = '', components = ''] = last.split(/^(?=components:)/m);
    put('asyncapi.yaml', `${head}${[own, ...operations].reverse().join('')}${components}`);
    expect(readFileSync(join(folder, 'asyncapi.yaml'), 'utf8')).not.toBe(spec);
    expect((await run(['generate', '--check'])).code).toBe(0);
  });
});

describe('topology', () => {
  test('prints a row for each (send operation, message) and each receive operation', async () => {
    const { code, json } = await run(['topology', '--json']);
    expect(code).toBe(0);
    const none = { eventPattern: null, filterPolicy: null, filterPolicyScope: null, mappingFilter: null };
    expect(json()).toEqual({
      events: [
        { name: 'OrderPlaced', source: 'shop.orders' },
        { name: 'ShipmentCreated', source: 'shop.shipments' },
        { name: 'OrderSubmitted', source: 'submissions' },
      ],
      producers: [
        { operation: 'placeOrder', service: 'orders', event: 'OrderPlaced', channel: 'orders' },
        { operation: 'submitOrder', service: 'orders', event: 'OrderSubmitted', channel: 'submissions' },
      ],
      consumers: [
        {
          operation: 'acceptOrder',
          consumer: 'acceptOrder',
          service: 'orders',
          events: ['OrderSubmitted'],
          emits: [],
          route: 'sns',
          ...none,
          filterPolicy: { market: ['eu'] },
          filterPolicyScope: 'MessageAttributes',
          delivery: { type: 'queue' },
        },
        {
          operation: 'screenOrder',
          consumer: 'screenOrder',
          service: 'fraud',
          events: ['OrderPlaced'],
          emits: ['ShipmentCreated'],
          route: 'eventbridge',
          ...none,
          eventPattern: {
            source: ['shop.orders'],
            'detail-type': ['OrderPlaced'],
            detail: { total: [{ numeric: ['>=', 500] }], market: ['eu', 'us'] },
          },
          delivery: { type: 'queue' },
        },
        {
          operation: 'trackShipment',
          consumer: 'trackShipment',
          service: 'tracking',
          events: ['ShipmentCreated'],
          emits: [],
          route: 'eventbridge-sns',
          ...none,
          eventPattern: { source: ['shop.shipments'], 'detail-type': ['ShipmentCreated'] },
          filterPolicy: { detail: { carrier: ['dhl'] } },
          filterPolicyScope: 'MessageBody',
          delivery: { type: 'function' },
        },
      ],
      diagnostics: [],
    });
  });

  test('as text, everything has a line', async () => {
    const { out } = await run(['topology']);
    for (const word of ['placeOrder', 'screenOrder', 'trackShipment', 'acceptOrder', 'submissions']) {
      expect(out).toContain(word);
    }
  });
});

describe('route', () => {
  const route = async (input: unknown) => (await run(['route', '-', '--json'], JSON.stringify(input))).json();
  const row = (answer: { consumers: { operation: string }[] }, operation: string) =>
    answer.consumers.find((candidate) => candidate.operation === operation);

  test('an envelope goes to whom its pattern matches', async () => {
    const detail = { total: 500, market: 'eu' };
    const answer = await route({ source: 'shop.orders', 'detail-type': 'OrderPlaced', detail });
    expect(answer).toMatchObject({ valid: true, errors: [] });
    expect(answer.consumers).toHaveLength(3);
    expect(row(answer, 'screenOrder')).toMatchObject({ consumer: 'screenOrder', service: 'fraud', matched: true });
    expect(row(answer, 'acceptOrder')).toMatchObject({
      matched: false,
      reason: 'listens to topic submissions; the event goes to bus shop',
    });
  });

  test('what does not match says which field and what was wanted', async () => {
    const answer = await route({ event: 'OrderPlaced', payload: { total: 499, market: 'eu' } });
    expect(row(answer, 'screenOrder')).toMatchObject({
      matched: false,
      reason: 'its rule does not match: detail.total is 499, wanted a number >= 500',
    });
  });

  test('an invalid event is routed all the same', async () => {
    const answer = await route({ event: 'OrderPlaced', payload: { total: 900, market: 'us', extra: 1 } });
    expect(answer.valid).toBe(true);
    const wrong = await route({ event: 'ShipmentCreated', payload: { carrier: 7 } });
    expect(wrong.errors).toEqual([
      { path: '/carrier', message: 'must be equal to one of the allowed values: ["dhl","ups"]' },
    ]);
    expect(row(wrong, 'trackShipment')).toMatchObject({ matched: false });
  });

  test('attributes are filled from the payload as the publisher does', async () => {
    expect(row(await route({ event: 'OrderSubmitted', payload: { market: 'eu' } }), 'acceptOrder')).toMatchObject({
      matched: true,
    });
    expect(row(await route({ event: 'OrderSubmitted', payload: { market: 'us' } }), 'acceptOrder')).toMatchObject({
      matched: false,
      reason: 'its subscription does not match: market is "us", wanted "eu"',
    });
  });

  test('an event that the spec does not know is invalid and goes nowhere', async () => {
    const answer = await route({ source: 'shop.orders', 'detail-type': 'OrderPlacd', detail: {} });
    expect(answer.valid).toBe(false);
    expect(answer.consumers.every(({ matched }: { matched: boolean }) => !matched)).toBe(true);
  });

  test.each(['nonsense', '{}', '{"event":"OrderPlaced"}', '{"source":1,"detail-type":"x","detail":{}}'])(
    '%s is exit code 2',
    async (input) => {
      expect((await run(['route', '-'], input)).code).toBe(2);
    },
  );

  test('reads a file', async () => {
    put('event.json', '{"event":"OrderPlaced","payload":{"total":1,"market":"eu"}}');
    const { code, out } = await run(['route', 'event.json']);
    expect([code, out.startsWith('The event is valid.')]).toEqual([0, true]);
  });
});

describe('match', () => {
  test('answers each line, whatever is in it', async () => {
    const lines = [
      '{"pattern":{"a":[1]},"event":{"a":1}}',
      '{"pattern":{"a":[1]},"event":{"a":2}}\r',
      '',
      '{"pattern":{"a":1},"event":{}}',
      'nonsense',
      '[]',
      '{"pattern":{"a":[1]}}',
    ];
    const { code, out } = await run(['match'], lines.join('\n'));
    const verdicts = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(verdicts.slice(0, 2)).toEqual(['true', 'false']);
    expect(verdicts.slice(2)).toHaveLength(4);
    expect(verdicts.slice(2).every((verdict) => verdict.startsWith('invalid: '))).toBe(true);
  });

  test('with --json is one document', async () => {
    const { json } = await run(['match', '--json'], '{"pattern":{"a":[1]},"event":{"a":1}}\n');
    expect(json()).toEqual({ results: ['true'], diagnostics: [] });
  });
});

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, spec } from '../../../test/support/command-line.ts';
import { commands } from './commands.ts';

const shop = commandLine();

describe('usage', () => {
  test('an unknown command suggests the nearest', async () => {
    const { code, out, err } = await shop.run(['genrate']);
    expect([code, out, err]).toEqual([2, '', 'eventloom: There is no command "genrate".\nDid you mean "generate"?\n']);
  });

  test.each(['diff', 'dev', 'init', 'add'])('%s is no command yet', async (name) => {
    expect((await shop.run([name])).code).toBe(2);
    expect((await shop.run(['--help'])).out).not.toMatch(new RegExp(`^ +${name}\\b`, 'm'));
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
    const { code, err } = await shop.run(argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('with --json, wrong usage is one JSON document too', async () => {
    const { code, json, err } = await shop.run(['--json', 'genrate']);
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
    expect((await shop.run(['--spec', 'asyncapi.yaml', 'validate'])).code).toBe(0);
  });

  test('a bug of ours ends with 70, a request to report it, and a stack', async () => {
    const [first] = commands;
    const broken = { ...first, load: () => Promise.reject(new Error('boom')) };
    const mutable = commands as unknown as unknown[];
    mutable[0] = broken;
    try {
      const { code, err } = await shop.run(['validate']);
      expect([code, /boom[\s\S]*report it[\s\S]*at /.test(err)]).toEqual([70, true]);
      expect((await shop.run(['validate', '--json'])).json().diagnostics[0].code).toBe('internal-error');
    } finally {
      mutable[0] = first;
    }
  });

  test.each(commands.map(({ name }) => name))('%s has help', async (name) => {
    const { code, out } = await shop.run([name, '--help']);
    expect([code, out.includes(`Usage: eventloom ${name}`)]).toEqual([0, true]);
  });

  test('the version is that of the package', async () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((await shop.run(['--version'])).out).toBe(`${JSON.parse(text).version}\n`);
  });
});

describe('validate', () => {
  test('a fine spec is clean', async () => {
    const { code, json } = await shop.run(['validate', '--json']);
    expect([code, json()]).toEqual([0, { diagnostics: [] }]);
  });

  test('an error of the spec is exit code 1, at its place', async () => {
    shop.put('asyncapi.yaml', spec.replace('market: [eu, us] }', 'markt: [eu, us] }'));
    const { code, json } = await shop.run(['validate', '--json']);
    expect(code).toBe(1);
    const [first] = json().diagnostics;
    expect([first.file, first.severity]).toEqual(['asyncapi.yaml', 'error']);
    expect(spec.split('\n')[first.line - 1]).toContain('x-filter');
  });

  test('paths are relative to the working directory', async () => {
    mkdirSync(join(shop.folder, 'specs'));
    shop.put('specs/shop.yaml', 'asyncapi: 3.0.0\n');
    const { json } = await shop.run(['validate', '--spec', 'specs/shop.yaml', '--json']);
    expect(json().diagnostics[0].file).toBe('specs/shop.yaml');
  });

  test('--print-model prints the model', async () => {
    const { out } = await shop.run(['validate', '--print-model']);
    expect(JSON.parse(out).system.name).toBe('shop');
  });
});

describe('generate', () => {
  test('writes once, then changes nothing, from the cache or not', async () => {
    const first = (await shop.run(['generate', '--json'])).json();
    expect(first.written).toContain('generated/events/order-placed.ts');
    expect(first).toMatchObject({ unchanged: 0, removed: [], diagnostics: [] });
    const clean = { written: [], unchanged: first.written.length, removed: [], diagnostics: [] };
    expect((await shop.run(['generate', '--json'])).json()).toEqual(clean);
    rmSync(join(shop.folder, 'node_modules/.cache'), { recursive: true });
    expect((await shop.run(['generate', '--json'])).json()).toEqual(clean);
  });

  test('--check fails on drift and names the files', async () => {
    await shop.run(['generate']);
    expect((await shop.run(['generate', '--check'])).code).toBe(0);
    shop.put('generated/index.ts', 'edited');
    rmSync(join(shop.folder, 'generated/infra.ts'));
    const { code, out } = await shop.run(['generate', '--check']);
    expect(code).toBe(1);
    expect(out).toContain('missing generated/infra.ts\nchanged generated/index.ts\n');
    expect(readFileSync(join(shop.folder, 'generated/index.ts'), 'utf8')).toBe('edited');
  });

  test('a spec with errors writes nothing and removes nothing', async () => {
    await shop.run(['generate']);
    shop.put('asyncapi.yaml', spec.replace('action: send', 'action: sent'));
    const { code, json } = await shop.run(['generate', '--json']);
    expect([code, json().written, json().removed]).toEqual([1, [], []]);
    shop.put('asyncapi.yaml', spec);
    expect((await shop.run(['generate', '--check'])).code).toBe(0);
  });

  test("someone else's file in the way is exit code 2", async () => {
    mkdirSync(join(shop.folder, 'generated'));
    shop.put('generated/index.ts', 'mine');
    const { code, json } = await shop.run(['generate', '--json']);
    expect([code, json().diagnostics[0].file]).toEqual([2, 'generated/index.ts']);
    expect(readFileSync(join(shop.folder, 'generated/index.ts'), 'utf8')).toBe('mine');
  });

  test('the order of the spec is not in the output', async () => {
    await shop.run(['generate']);
    const [head = '', ...operations] = spec.split(
      /^(?= {2}(?:placeOrder|submitOrder|screenOrder|trackShipment|acceptOrder):)/m,
    );
    const last = operations.pop() ?? '';
    const [own = '', components = ''] = last.split(/^(?=components:)/m);
    shop.put('asyncapi.yaml', `${head}${[own, ...operations].reverse().join('')}${components}`);
    expect(readFileSync(join(shop.folder, 'asyncapi.yaml'), 'utf8')).not.toBe(spec);
    expect((await shop.run(['generate', '--check'])).code).toBe(0);
  });
});

describe('topology', () => {
  test('prints a row for each (send operation, message) and each receive operation', async () => {
    const { code, json } = await shop.run(['topology', '--json']);
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
    const { out } = await shop.run(['topology']);
    for (const word of ['placeOrder', 'screenOrder', 'trackShipment', 'acceptOrder', 'submissions']) {
      expect(out).toContain(word);
    }
  });
});

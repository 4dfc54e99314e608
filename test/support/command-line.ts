import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { main } from '../../generator/src/cli/main.ts';
import type { Terminal } from '../../generator/src/cli/terminal.ts';

/** The spec of a small shop. */
export const spec = `
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

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly json: () => ReturnType<typeof JSON.parse>;
}

/** A folder with the spec, made anew for each test, and the command line in it. */
export interface CommandLine {
  /** Absolute path. */
  readonly folder: string;
  put(path: string, content: string): void;
  run(argv: readonly string[], input?: string): Promise<Said>;
}

/** Makes the folder before each test of a file, and removes it after. */
export function commandLine(): CommandLine {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eventloom-cli-'));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'asyncapi.yaml'), spec);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
    put: (path, content) => writeFileSync(join(folder, path), content),
    run: (argv, input = '') => run(folder, argv, input),
  };
}

async function run(workingDirectory: string, argv: readonly string[], input: string): Promise<Said> {
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
    workingDirectory,
  };
  const code = await main(argv, terminal);
  return { code, ...printed, json: () => JSON.parse(printed.out) };
}

/** Input as it comes through a pipe: in pieces that end anywhere. */
async function* chunks(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += 7) yield text.slice(start, start + 7);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Figure } from './figure.ts';
import { costOfNode } from './measure.ts';
import { repository } from './repository.ts';

/** The payloads of the events; the first is the small one. */
const payloads = {
  DoorRang: { properties: { door: { type: 'string' } }, required: ['door'] },
  DoorOpened: {
    properties: { door: { type: 'string', maxLength: 40 }, by: { enum: ['key', 'code', 'butler'] } },
    required: ['door', 'by'],
  },
  GuestCame: {
    properties: {
      name: { type: 'string', minLength: 1 },
      party: { type: 'integer', minimum: 1, maximum: 20 },
      coats: { type: 'array', items: { type: 'string' }, maxItems: 20 },
    },
    required: ['name', 'party'],
  },
  GuestLeft: { properties: { name: { type: 'string' }, at: { type: 'string', format: 'date-time' } } },
  TipLeft: {
    properties: {
      amount: { type: 'number', exclusiveMinimum: 0 },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    required: ['amount', 'currency'],
    additionalProperties: false,
  },
} as const;

/**
 * What generated queue handlers weigh: of one small event, and of several, above what every handler weighs, as a ratio to
 * the validators of these alone.
 */
export async function benchHandlerSize(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-bench-'));
  try {
    const spec = join(folder, 'asyncapi.json');
    writeFileSync(spec, JSON.stringify(document()));
    const eventloom = join(repository, 'generator/bin/eventloom.js');
    await costOfNode([eventloom, 'generate', '--spec', spec, '--out', join(folder, 'generated')], folder);
    const one = await bundledBytes(folder, handlerOf('hear'));
    const several = await bundledBytes(folder, handlerOf('serve'));
    const validators = await Promise.all(Object.keys(payloads).map((name) => bundledBytes(folder, validatorOf(name))));
    const [small = Number.NaN] = validators;
    const sum = validators.reduce((total, bytes) => total + bytes, 0);
    return [
      { name: 'bundled queue handler of one small event', value: one, unit: 'bytes', budget: 8 * 1024 },
      {
        name: 'five events in a handler to their validators',
        value: (several - one + small) / sum,
        unit: 'x',
        budget: 1.1,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const handlerOf = (consumer: string): string =>
  `import { ${consumer} } from './generated/services/butler/index.ts'; export const handler = ${consumer}(() => {});`;

/** `DoorRang` in `door-rang.validator.js`. */
function validatorOf(event: string): string {
  const file = event.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
  return `export { validate${event} } from './generated/events/${file}.validator.js';`;
}

async function bundledBytes(folder: string, contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    nodePaths: [join(repository, 'node_modules')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@aws-sdk/*'],
  });
  return outputFiles.reduce((total, { contents: { length } }) => total + length, 0);
}

function document(): object {
  const names = Object.keys(payloads);
  const message = (name: string): object => ({ $ref: `#/channels/house/messages/${name}` });
  const receive = (messages: readonly string[]): object => ({
    action: 'receive',
    channel: { $ref: '#/channels/house' },
    messages: messages.map(message),
    'x-service': 'butler',
  });
  return {
    asyncapi: '3.0.0',
    info: { title: 'House', version: '1.0.0' },
    servers: { house: { host: 'events.eu-west-1.amazonaws.com', protocol: 'eventbridge' } },
    channels: {
      house: {
        address: 'house',
        servers: [{ $ref: '#/servers/house' }],
        messages: Object.fromEntries(
          Object.entries(payloads).map(([name, schema]) => [name, { payload: { type: 'object', ...schema } }]),
        ),
      },
    },
    operations: {
      tell: { action: 'send', channel: { $ref: '#/channels/house' }, 'x-service': 'house' },
      hear: receive(names.slice(0, 1)),
      serve: receive(names),
    },
  };
}

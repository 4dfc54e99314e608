import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generate } from './generate.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Bakery, version: 1.0.0 }
servers:
  bakery: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: bakery.orders
    servers: [{ $ref: '#/servers/bakery' }]
    messages: { Ordered: { payload: { type: object } } }
  ovens:
    address: ovens
    messages: { Baked: { payload: { type: object } } }
    bindings: { sqs: { queue: { name: ovens, fifoQueue: false } } }
operations:
  knead: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: kitchen }
  invoice: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: office, x-delivery: { type: function } }
  cool: { action: receive, channel: { $ref: '#/channels/ovens' }, x-service: kitchen }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventloom-queues-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Generates a spec into the folder; returns the warnings of queues as texts with their help. */
async function run(text: string, check = false): Promise<readonly string[]> {
  writeFileSync(join(folder, 'asyncapi.yaml'), text);
  const result = await generate({ spec: join(folder, 'asyncapi.yaml'), out: join(folder, 'generated'), check });
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const { code, severity } of result.replacedQueues)
    expect([code, severity]).toEqual(['queue-replaced', 'warning']);
  return result.replacedQueues.map(({ message, help }) => `${message} ${help}`);
}

/** What a change of the spec is warned of, after the spec was generated as it stands. */
async function change(from: string, to: string): Promise<readonly string[]> {
  expect(await run(spec)).toEqual([]);
  expect(spec).toContain(from);
  return run(spec.replace(from, to));
}

describe('a queue that deploying would delete', () => {
  test('is told when its consumer is renamed, with how to keep it', async () => {
    const [warning, ...others] = await change('  knead:', '  kneadDough:');
    expect(others).toEqual([]);
    expect(warning).toMatch(
      /^Consumer `kitchen\/knead` is gone: deploying deletes its queue and its dead-letter queue/,
    );
    expect(warning).toContain('If it is `kitchen/kneadDough` now, it keeps its queue with `x-consumer: knead`');
  });

  test('is not, when the consumer keeps its name', async () => {
    const kept = "kneadDough: { x-consumer: knead, action: receive, channel: { $ref: '#/channels/orders' }";
    expect(await change("knead: { action: receive, channel: { $ref: '#/channels/orders' }", kept)).toEqual([]);
  });

  test('is told once, since the next run finds the new output; with `--check` until the output is written', async () => {
    await run(spec);
    const renamed = spec.replace('  knead:', '  kneadDough:');
    expect(await run(renamed, true)).toHaveLength(1);
    expect(await run(renamed, true)).toHaveLength(1);
    expect(await run(renamed)).toHaveLength(1);
    expect(await run(renamed)).toEqual([]);
  });

  test('is told when its consumer is removed or moves to another service', async () => {
    const [warning] = await change('x-service: kitchen }\n  invoice', 'x-service: cellar }\n  invoice');
    expect(warning).toMatch(/`kitchen\/knead` is gone.*eventloom redrive kitchen\/knead/);
  });

  test('is told when its consumer becomes a function, whose dead letters stay', async () => {
    const [warning] = await change(
      'x-service: kitchen }\n  invoice',
      'x-service: kitchen, x-delivery: { type: function } }\n  invoice',
    );
    expect(warning).toMatch(/^Consumer `kitchen\/knead` is wired so that .* deletes its queue, with/);
  });

  test('is none when a function gets a queue', async () => {
    expect(await change('x-delivery: { type: function }', 'x-delivery: { type: queue }')).toEqual([]);
  });

  test('is told when a function with dead letters goes', async () => {
    const [warning] = await change('  invoice:', '  bill:');
    expect(warning).toMatch(/`office\/invoice` is gone: deploying deletes its dead-letter queue, with/);
  });

  test('is told when a point-to-point queue gets another name', async () => {
    const [warning] = await change('queue: { name: ovens', 'queue: { name: big-ovens');
    expect(warning).toMatch(/^The queue of channel `ovens` .* deletes the queue and its dead-letter queue/);
  });

  test('is told for every consumer when the whole system is renamed', async () => {
    expect(await change('title: Bakery', 'title: Patisserie')).toHaveLength(3);
  });

  test('is none without a manifest, or with one that says nothing of queues', async () => {
    await run(spec);
    const path = join(folder, 'generated/manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    const entries = Object.entries<readonly string[] | { readonly files: readonly string[] }>(manifest.files);
    expect(entries.flatMap(([owner, entry]) => ('files' in entry ? [owner] : []))).toEqual([
      'consumer:kitchen/knead',
      'consumer:office/invoice',
      'queue:ovens',
    ]);
    const older = Object.fromEntries(entries.map(([owner, entry]) => [owner, 'files' in entry ? entry.files : entry]));
    writeFileSync(path, JSON.stringify({ ...manifest, files: older }));
    expect(await run(spec.replace('  knead:', '  kneadDough:'))).toEqual([]);
  });
});

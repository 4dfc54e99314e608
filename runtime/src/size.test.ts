import { type BuildResult, build } from 'esbuild';
import { describe, expect, test } from 'vitest';

/** Bundles code as it goes to Lambda: minified, the AWS SDK left out. */
async function bundle(contents: string): Promise<{ readonly bytes: number; readonly modules: readonly string[] }> {
  const result: BuildResult<{ write: false; metafile: true }> = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@eventloom/source'],
    external: ['@aws-sdk/*'],
  });
  const [output] = Object.values(result.metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { bytes: output?.bytes ?? Number.NaN, modules: inputs.map(([path]) => path) };
}

const definition = `{ key: 'a/b', service: 'a', consumer: 'b', onInvalid: 'deadLetter', fifo: false, routes: [], receives: [], emits: [] }`;
const handler = (call: string): string =>
  `import { circuits, emitting, functionHandler, idempotent, queueHandler } from '@eventloom/runtime'; export const handler = ${call};`;
const publisher = (...transports: readonly string[]): string => {
  const events = transports.map((transport) => `{ destination: { transport: ${transport} } }`);
  return `import { createPublisher, ${transports} } from '@eventloom/runtime';
    export const publisher = createPublisher({ operations: { send: [${events}] } });`;
};

describe('what a bundled handler carries of the runtime', () => {
  test('of a queue handler for events of a bus, which knows neither groups nor attributes', async () => {
    const { bytes, modules } = await bundle(
      `import { busQueueHandler } from '@eventloom/runtime'; export const handler = busQueueHandler(${definition}, () => {});`,
    );
    expect(bytes).toBeLessThanOrEqual(7_650);
    expect(modules.filter((path) => /any|source-queue|correlation|publish|feature/.test(path))).toEqual([]);
  });

  test.each([
    ['queueHandler', 9_500],
    ['queueBatchHandler', 10_550],
    ['functionHandler', 7_950],
  ])('of %s', async (name, most) => {
    const made = `import { ${name} } from '@eventloom/runtime'; export const handler = ${name}(${definition}, () => {});`;
    expect((await bundle(made)).bytes).toBeLessThanOrEqual(most);
  });

  test('of a queue handler that publishes nothing', async () => {
    const { modules } = await bundle(handler(`queueHandler(${definition}, () => {})`));
    expect(modules.filter((path) => /publisher|send-to-(bus|topic)|function-handler|observe|fan/.test(path))).toEqual(
      [],
    );
    expect(modules.filter((path) => /idempotency|circuit|store/.test(path))).toEqual([]);
  });

  test.each([
    ['toBus', 17_350, /publish\/(to-topic|to-queue|message|attributes|batch-answer)/],
    ['toTopic', 19_350, /to-bus|publish\/to-queue/],
    ['toQueue', 19_500, /to-bus|to-topic|topic-client/],
  ])('of a queue handler that publishes %s, and nothing of other ways', async (transport, budget, absent) => {
    const emits = definition.replace('emits: []', `emits: [{ destination: { transport: ${transport} } }]`);
    const handling = handler(`queueHandler(${emits}, () => {}, [emitting])`);
    const { bytes, modules } = await bundle(`import { ${transport} } from '@eventloom/runtime'; ${handling}`);
    expect(bytes).toBeLessThanOrEqual(budget);
    expect(modules.filter((path) => absent.test(path))).toEqual([]);
    expect(modules.filter((path) => /send-many|verify|publish-stream/.test(path))).toEqual([]);
  });

  test.each([
    ['metrics', 'metrics()', 2_000],
    ['openTelemetry', 'openTelemetry()', 2_100],
    ['powertoolsLogger', 'powertoolsLogger(console)', 400],
    ['splitting', 'splitting', 11_100],
    ['gathering', 'gathering', 7_850],
  ])('%s weighs only where it is used', async (name, feature, most) => {
    const plain = await bundle(handler(`queueHandler(${definition}, () => {})`));
    const used = `import { ${name} as used } from '@eventloom/runtime'; ${handler(`queueHandler(${definition}, () => {}, [${feature.replace(name, 'used')}])`)}`;
    const { bytes } = await bundle(used);
    expect(bytes - plain.bytes).toBeGreaterThan(50);
    expect(bytes - plain.bytes).toBeLessThanOrEqual(most);
  });

  test('of a queue handler that restores claims', async () => {
    const alone = await bundle(handler(`queueHandler(${definition}, () => {})`));
    const restoring = `import { claims, queueHandler } from '@eventloom/runtime'; export const handler = queueHandler(${definition}, () => {}, [claims]);`;
    const { bytes, modules } = await bundle(restoring);
    expect(bytes - alone.bytes).toBeLessThanOrEqual(2_300);
    expect(modules.join()).not.toContain('claiming');
  });

  test('of an outbox, which publishes nothing', async () => {
    const { bytes, modules } = await bundle(`export { createOutbox } from '@eventloom/runtime';`);
    expect(bytes).toBeLessThanOrEqual(5_250);
    expect(modules.filter((path) => /send-to|send-many|queue-handler/.test(path))).toEqual([]);
  });

  test('of the relay of an outbox', async () => {
    const { bytes } = await bundle(`export { outboxRelay } from '@eventloom/runtime';`);
    expect(bytes).toBeLessThanOrEqual(15_650);
  });

  test.each([
    ['handles an event once', 'idempotent', 6_850, /circuit|in-memory|publisher/],
    ['calls downstreams', 'circuits', 8_100, /idempotency|in-memory|publisher/],
  ])('of a queue handler that %s, more than one that does not', async (_does, feature, budget, absent) => {
    const bare = await bundle(handler(`queueHandler(${definition}, () => {})`));
    const { bytes, modules } = await bundle(handler(`queueHandler(${definition}, () => {}, [${feature}])`));
    expect(bytes - bare.bytes).toBeLessThanOrEqual(budget);
    expect(modules.filter((path) => absent.test(path))).toEqual([]);
  });

  test.each([
    ['toBus', 14_750, /to-topic|to-queue|message|attributes|batch-answer/],
    ['toTopic', 16_750, /to-bus|to-queue|queue-client/],
    ['toQueue', 17_050, /to-bus|to-topic|topic-client/],
  ])('of a publisher that sends %s, and nothing of other ways', async (transport, budget, absent) => {
    const { modules, bytes } = await bundle(publisher(transport));
    expect(bytes).toBeLessThanOrEqual(budget);
    expect(modules.filter((path) => absent.test(path))).toEqual([]);
    // The constants of the limits, and not their table.
    expect(modules.join()).toContain('limits.ts');
  });

  test('of a publisher that sends every way', async () => {
    expect((await bundle(publisher('toBus', 'toTopic', 'toQueue'))).bytes).toBeLessThanOrEqual(19_650);
  });
});

describe('what a bundled validator carries of the formats', () => {
  test.each([
    ['uuid', 150],
    ['email', 250],
    ['dateTime', 1_000],
    ['int32', 120],
    ['equal', 350],
    ['ucs2length', 250],
    ['ipv6', 500],
    ['uri', 1_300],
  ])('%s alone', async (name, bytes) => {
    expect((await bundle(`export { ${name} } from '@eventloom/runtime/validation';`)).bytes).toBeLessThanOrEqual(bytes);
  });
});

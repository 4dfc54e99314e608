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
  `import { emitting, functionHandler, queueHandler } from '@eventloom/runtime'; export const handler = ${call};`;

describe('what a bundled handler carries of the runtime', () => {
  test('of a queue handler that publishes nothing', async () => {
    const { bytes, modules } = await bundle(handler(`queueHandler(${definition}, () => {})`));
    expect(bytes).toBeLessThanOrEqual(9_500);
    expect(modules.filter((path) => /publisher|send-to-(bus|topic)|function-handler/.test(path))).toEqual([]);
  });

  test('of a queue handler that publishes', async () => {
    const { bytes, modules } = await bundle(handler(`queueHandler(${definition}, () => {}, [emitting])`));
    expect(bytes).toBeLessThanOrEqual(14_300);
    expect(modules.join()).toContain('send-to-bus');
  });

  test('does not contain the table of limits', async () => {
    const { modules, bytes } = await bundle(`export { createPublisher } from '@eventloom/runtime';`);
    expect(modules.join()).toContain('limits.ts');
    expect(bytes).toBeLessThanOrEqual(6_500);
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

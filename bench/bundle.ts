import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Figure } from './figure.ts';
import { costOfNode, median } from './measure.ts';
import { repository } from './repository.ts';

/** Size of the bundled, minified queue handler of `OrderPlaced`, and what importing it costs a cold start. */
export async function benchBundle(runs: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eventloom-bench-'));
  try {
    const { outputFiles } = await build({
      entryPoints: [join(repository, 'examples/fraud/screenHighValueOrder.ts')],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['@aws-sdk/*'],
    });
    const [file] = outputFiles;
    if (file === undefined) throw new Error('esbuild wrote nothing');
    const bundle = join(folder, 'handler.mjs');
    writeFileSync(bundle, file.contents);
    return [
      { name: 'bundled queue handler of OrderPlaced', value: file.contents.length, unit: 'bytes', budget: 20 * 1024 },
      {
        name: 'import of that bundle',
        value: await importMilliseconds(bundle, folder, runs),
        unit: 'ms',
        budget: null,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each run is a new process; an empty module is imported first so that only the bundle's own cost counts. */
async function importMilliseconds(bundle: string, folder: string, runs: number): Promise<number> {
  const empty = join(folder, 'empty.mjs');
  const result = join(folder, 'result.txt');
  const script = join(folder, 'time.mjs');
  writeFileSync(empty, 'export {};\n');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
await import(${JSON.stringify(pathToFileURL(empty).href)});
const started = process.hrtime.bigint();
await import(${JSON.stringify(pathToFileURL(bundle).href)});
writeFileSync(${JSON.stringify(result)}, String(Number(process.hrtime.bigint() - started) / 1e6));
`,
  );
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) {
    await costOfNode([script], folder);
    figures.push(Number(readFileSync(result, 'utf8')));
  }
  return median(figures);
}

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv as AjvClass } from 'ajv';
import { build } from 'esbuild';
import { isOrderPlaced } from '../generated/index.js';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import { repository } from './repository.ts';

const load = createRequire(join(repository, 'generator/package.json'));

/**
 * Nanoseconds to validate the example order: the generated validator against Ajv compiling the same schema at run time;
 * and what validators weigh, bundled and minified with all that they share.
 */
export async function benchValidator(rounds: number): Promise<readonly Figure[]> {
  const order: unknown = readSchema('events/order-placed.schema.json').examples?.[0];
  const runTime = runTimeAjv();
  if (!isOrderPlaced(order) || !runTime(order)) throw new Error('The example order is not valid');
  const generated: number[] = [];
  const baseline: number[] = [];
  for (let round = 0; round < rounds; round++) {
    baseline.push(nanoseconds(() => runTime(order)));
    generated.push(nanoseconds(() => isOrderPlaced(order)));
  }
  const ratio = median(generated.map((value, round) => value / (baseline[round] ?? Number.NaN)));
  return [
    { name: 'validate an order, Ajv at run time', value: median(baseline), unit: 'ns', budget: null },
    { name: 'validate an order, generated', value: median(generated), unit: 'ns', budget: null },
    { name: 'generated validator to run-time Ajv', value: ratio, unit: 'x', budget: 0.9 },
    { name: 'bundled validator of OrderPlaced', value: await bytes(['order-placed']), unit: 'bytes', budget: 6_000 },
    { name: 'bundled validators of the shop', value: await bytes(shopEvents()), unit: 'bytes', budget: 16_000 },
  ];
}

function shopEvents(): readonly string[] {
  const files = readdirSync(join(repository, 'generated/events')).filter((file) => file.endsWith('.validator.js'));
  return files.map((file) => file.slice(0, -'.validator.js'.length)).sort();
}

async function bytes(events: readonly string[]): Promise<number> {
  const used = events.map((event) => {
    const name = event.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
    return `export { validate${name} } from './generated/events/${event}.validator.js';`;
  });
  const { outputFiles } = await build({
    stdin: { contents: used.join('\n'), resolveDir: repository },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  return outputFiles[0]?.contents.length ?? Number.NaN;
}

function nanoseconds(work: () => void): number {
  const times = 50_000;
  const started = process.hrtime.bigint();
  for (let count = 0; count < times; count++) work();
  return Number(process.hrtime.bigint() - started) / times;
}

/** The check that Ajv compiles from the schema of `OrderPlaced` at run time. */
export function runTimeAjv(): (value: unknown) => boolean {
  const { Ajv } = load('ajv') as { readonly Ajv: typeof AjvClass };
  const addFormats = load('ajv-formats') as (ajv: AjvClass) => void;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const base = 'https://shop.example/';
  for (const name of ['common/address', 'common/line-item', 'events/order-placed']) {
    ajv.addSchema({ ...readSchema(`${name}.schema.json`), $id: `${base}${name}.schema.json` });
  }
  const validate = ajv.getSchema(`${base}events/order-placed.schema.json`);
  if (validate === undefined) throw new Error('Ajv does not know the order');
  return (value) => validate(value) === true;
}

/** A schema of the shop. */
export function readSchema(path: string): { readonly examples?: readonly unknown[] } {
  return JSON.parse(readFileSync(join(repository, 'schemas', path), 'utf8')) as {
    readonly examples?: readonly unknown[];
  };
}

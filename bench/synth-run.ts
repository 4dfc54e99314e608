import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventloomSystem } from '@eventloom/cdk';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { makeScratchFolder } from './scratch-folder.ts';
import { buildByHand } from './synth-by-hand.ts';
import { type SystemSize, systemOf } from './synth-topology.ts';

// Synthesizes once, as `tsx synth-run.ts ours 500 50` by `@eventloom/cdk`, as `… hand 500 50` by the CDK alone. Prints the CPU
// time from the first construct to the last template (the import of the CDK left out), and what the templates hold, as JSON.
const [mode, consumers, services] = process.argv.slice(2);
const size: SystemSize = { consumers: Number(consumers), services: Number(services) };
const folder = mkdtempSync(join(tmpdir(), 'eventloom-bench-'));
writeFileSync(join(folder, 'index.mjs'), 'export {};\n');
const outdir = makeScratchFolder();
const topology = systemOf(size);
const handlers = Object.fromEntries(topology.consumers.map(({ key }) => [key, null]));

const started = process.cpuUsage();
const app = new App({ outdir, builtinCloudFormationValidation: false, analyticsReporting: false });
if (mode === 'hand') buildByHand(app, size, () => Code.fromAsset(folder));
else {
  const bundles = Object.fromEntries(topology.services.map(({ name }) => [name, Code.fromAsset(folder)]));
  new EventloomSystem(app, 'Bench', { topology, handlers, code: bundles });
}
const { stacks } = app.synth();
const { user, system } = process.cpuUsage(started);

const counts: Record<string, number> = {};
let largest = 0;
for (const { template } of stacks) {
  const types = Object.values<{ readonly Type: string }>(template.Resources).map(({ Type }) => Type);
  largest = Math.max(largest, types.length);
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
}
rmSync(folder, { recursive: true });
rmSync(outdir, { recursive: true });
const sorted = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
console.log(JSON.stringify({ cpuMs: (user + system) / 1_000, stacks: stacks.length, largest, counts: sorted }));

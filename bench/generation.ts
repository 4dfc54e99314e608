import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { makeSpec } from './make-spec.ts';
import { costOfNode, median, type ProcessCost } from './measure.ts';
import { repository } from './repository.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const command = join(repository, 'generator/bin/eventloom.js');
const floor = join(repository, 'bench/parser-floor.mjs');

/** CPU of a cold run over that of the parser alone, at most, by number of events. */
const ratioBudgets: ReadonlyMap<number, number> = new Map([
  [100, 1.25],
  [1000, 1.25],
]);

/** Rounds of runs after which a ratio that is over its budget is believed. */
const mostRounds = 4;

/**
 * Cold, unchanged and one-event-edited generation of `events` events, as whole processes, with @asyncapi/parser parsing
 * the same file in between. The ratio is that of the least of each, since what else the machine does only adds; so more
 * runs come nearer to the truth, and a ratio over its budget is measured again before it counts.
 */
export async function benchGeneration(events: number, runs: number): Promise<readonly Figure[]> {
  const folder = makeScratchFolder();
  const costs: Costs = { cold: [], floors: [], unchanged: [], edited: [] };
  const budget = ratioBudgets.get(events) ?? null;
  try {
    mkdirSync(join(folder, 'node_modules'));
    for (let run = 0; run < runs || (isOver(costs, budget) && run < runs * mostRounds); run++) {
      await measureOnce(events, folder, costs);
    }
    return [...generationFigures(events, costs, budget), ...(await outputFigures(events, join(folder, 'generated')))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Costs {
  readonly cold: ProcessCost[];
  readonly floors: ProcessCost[];
  readonly unchanged: ProcessCost[];
  readonly edited: ProcessCost[];
}

async function measureOnce(events: number, folder: string, costs: Costs): Promise<void> {
  const spec = join(folder, 'asyncapi.yaml');
  const generate = [command, 'generate', '--spec', spec, '--out', join(folder, 'generated')];
  writeFileSync(spec, makeSpec(events));
  rmSync(join(folder, 'generated'), { recursive: true, force: true });
  rmSync(join(folder, 'node_modules/.cache'), { recursive: true, force: true });
  costs.floors.push(await costOfNode([floor, spec], folder));
  costs.cold.push(await costOfNode(generate, folder));
  costs.unchanged.push(await costOfNode(generate, folder));
  writeFileSync(spec, makeSpec(events, Math.floor(events / 2)));
  costs.edited.push(await costOfNode(generate, folder));
}

function isOver(costs: Costs, budget: number | null): boolean {
  return budget !== null && ratioOf(costs) > budget;
}

function ratioOf({ cold, floors }: Costs): number {
  return least(cold) / least(floors);
}

function generationFigures(events: number, costs: Costs, budget: number | null): readonly Figure[] {
  const cpu = (list: readonly ProcessCost[]): number => median(list.map((cost) => cost.cpuSeconds));
  const pairs = costs.cold.map((cost, run) => cost.cpuSeconds / (costs.floors[run]?.cpuSeconds ?? Number.NaN));
  const peak = Math.max(...costs.cold.map((cost) => cost.peakMiB));
  return [
    { name: `parser alone, ${events} events`, value: cpu(costs.floors), unit: 's CPU', budget: null },
    { name: `generate cold, ${events} events`, value: cpu(costs.cold), unit: 's CPU', budget: null },
    { name: `generate cold to parser, ${events} events`, value: ratioOf(costs), unit: 'x', budget },
    { name: `the same, median of pairs, ${events} events`, value: median(pairs), unit: 'x', budget: null },
    { name: `generate one event edited, ${events} events`, value: cpu(costs.edited), unit: 's CPU', budget: null },
    {
      name: `generate unchanged, ${events} events`,
      value: median(costs.unchanged.map((cost) => cost.wallSeconds)),
      unit: 's',
      budget: null,
    },
    { name: `generate peak memory, ${events} events`, value: peak, unit: 'MiB', budget: 600 },
  ];
}

/** The least CPU seconds of several runs: a busy machine adds to a figure and never takes from it. */
function least(list: readonly ProcessCost[]): number {
  return Math.min(...list.map((cost) => cost.cpuSeconds));
}

/** Size of the output an event, and what type-checking all of it costs. */
async function outputFigures(events: number, out: string): Promise<readonly Figure[]> {
  const files = readdirSync(join(out, 'events')).filter((name) => !name.startsWith('index.'));
  const bytes = (ending: string): number =>
    files
      .filter((name) => name.endsWith(ending))
      .reduce((sum, name) => sum + statSync(join(out, 'events', name)).size, 0);
  const types = bytes('.ts') - bytes('.d.ts');
  const figures: Figure[] = [
    { name: `files an event, ${events} events`, value: files.length / events, unit: 'files', budget: 3 },
    { name: `output an event, ${events} events`, value: bytes('') / events, unit: 'bytes', budget: 18 * 1024 },
    { name: `types an event, ${events} events`, value: types / events, unit: 'bytes', budget: 3 * 1024 },
  ];
  if (events < 1000) return figures;
  return [
    ...figures,
    { name: `tsc over the output, ${events} events`, value: await typeCheck(out), unit: 's CPU', budget: null },
  ];
}

/** CPU seconds of TypeScript 5.9, whose compiler runs in the measured process. */
async function typeCheck(out: string): Promise<number> {
  const project = join(repository, `bench/.types-${process.pid}`);
  mkdirSync(project);
  const options = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      types: [],
      skipLibCheck: true,
    },
    files: [join(project, 'generated/index.ts')],
  };
  try {
    cpSync(out, join(project, 'generated'), { recursive: true });
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(options));
    const tsc = join(repository, 'node_modules/typescript-5.9/bin/tsc');
    return (await costOfNode([tsc, '-p', project], repository)).cpuSeconds;
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

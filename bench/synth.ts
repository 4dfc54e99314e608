import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { limits } from '@eventloom/engine';
import type { Figure } from './figure.ts';
import { repository } from './repository.ts';
import type { SystemSize } from './synth-topology.ts';

/** What issue 5 allows, to a hand-written app. */
const mostRatio = 1.3;

/** Twice the consumers take twice the time: a consumer among 2,000 costs what one among 500 does. */
const mostGrowth = 1.2;

const usual: SystemSize = { consumers: 500, services: 50 };
const large: SystemSize = { consumers: 2_000, services: 200 };

/**
 * 500 consumers over 50 services with all defaults, by `@eventloom/cdk` and by an app that makes the same resources with the
 * constructs of the CDK ([`synth-by-hand.ts`](synth-by-hand.ts)), each in processes of its own; and how it grows to 2,000.
 * Ratios are those of the least CPU time of each, since what else the machine does only adds.
 */
export function benchSynth(runs: number): readonly Figure[] {
  const hand: Run[] = [];
  const ours: Run[] = [];
  const grown: Run[] = [];
  const ratio = (): number => least(ours) / least(hand);
  const growth = (): number => least(grown) / large.consumers / (least(ours) / usual.consumers);
  // Over budget it measures up to twice as long.
  for (let run = 0; run < runs || (run < runs * 2 && (ratio() > mostRatio || growth() > mostGrowth)); run++) {
    hand.push(synthesize('hand', usual));
    ours.push(synthesize('ours', usual));
    if (run === 0 || growth() > mostGrowth) grown.push(synthesize('ours', large));
  }
  checkSame(hand[0], ours[0]);
  const largest = Math.max(...[...ours, ...grown].map((run) => run.largest));
  return [
    { name: 'synthesize 500 consumers', value: least(ours) / 1_000, unit: 's CPU', budget: null },
    { name: 'the same by hand with the CDK', value: least(hand) / 1_000, unit: 's CPU', budget: null },
    { name: 'to by hand, CPU', value: ratio(), unit: 'x', budget: mostRatio },
    { name: 'synth a consumer', value: least(ours) / usual.consumers, unit: 'ms', budget: null },
    { name: 'a consumer of 2,000 to one of 500', value: growth(), unit: 'x', budget: mostGrowth },
    { name: 'the largest of their stacks', value: largest, unit: 'resources', budget: limits.stackResources.value - 1 },
  ];
}

interface Run {
  readonly cpuMs: number;
  /** Resources of the largest stack. */
  readonly largest: number;
  /** Resources by type. */
  readonly counts: Readonly<Record<string, number>>;
}

function synthesize(mode: 'ours' | 'hand', { consumers, services }: SystemSize): Run {
  const script = join(repository, 'bench/synth-run.ts');
  const args = ['--import', 'tsx', script, mode, String(consumers), String(services)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: repository });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

function least(runs: readonly Run[]): number {
  return Math.min(...runs.map(({ cpuMs }) => cpuMs));
}

function checkSame(hand: Run | undefined, ours: Run | undefined): void {
  if (isDeepStrictEqual(hand?.counts, ours?.counts)) return;
  throw new Error(`Not the same resources: ${JSON.stringify({ hand: hand?.counts, ours: ours?.counts })}`);
}

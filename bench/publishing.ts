import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import { repository } from './repository.ts';

/** 10,000 events in requests of ten. */
const fewestRequests = 1_000;

/**
 * The goal is 1 / 0.95. On a quiet machine it comes out there (1.05), beside other work at up to 1.14, so this is where it
 * has certainly grown. What is left is mostly the signal that cuts off requests when time is up, which a loop by hand lacks.
 */
const mostRatio = 1.2;

/**
 * 10,000 events by `$publish` and by a loop written by hand ([`publishing-loop.mjs`](publishing-loop.mjs)), each in processes
 * of its own, so that neither collects the garbage of the other. The ratio is that of the best of each, since what else the
 * machine does only slows them down.
 */
export function benchPublishing(processes: number): readonly Figure[] {
  const ours: number[] = [];
  const byHand: number[] = [];
  const carefully: number[] = [];
  let requests = 0;
  const ratioOf = (): number => Math.max(...byHand) / Math.max(...ours);
  // Over budget it measures up to three times as long.
  for (let run = 0; run < processes || (run < processes * 3 && ratioOf() > mostRatio); run++) {
    byHand.push(...loop('hand').rates);
    carefully.push(...loop('careful').rates);
    const own = loop('ours');
    ours.push(...own.rates);
    requests = own.requests;
  }
  return [
    { name: 'publish 10,000 events', value: median(ours), unit: 'events/s', budget: null },
    { name: 'the same by hand over the client', value: median(byHand), unit: 'events/s', budget: null },
    { name: 'by hand, all valid before any is sent', value: median(carefully), unit: 'events/s', budget: null },
    { name: 'by hand to $publish, throughput', value: ratioOf(), unit: 'x', budget: mostRatio },
    { name: 'the same, medians', value: median(byHand) / median(ours), unit: 'x', budget: null },
    { name: 'requests for 10,000 events', value: requests, unit: 'requests', budget: fewestRequests },
  ];
}

interface Rounds {
  /** Events of a second of CPU time, for each round. */
  readonly rates: readonly number[];
  readonly requests: number;
}

function loop(mode: 'ours' | 'hand' | 'careful'): Rounds {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'bench/publishing-loop.mjs'), mode],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Rounds;
}

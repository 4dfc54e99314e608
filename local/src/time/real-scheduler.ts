import type { Scheduler } from './scheduler.ts';

interface RealTime {
  readonly timers: Set<NodeJS.Timeout>;
  active: number;
  stopped: boolean;
  failure: { readonly error: unknown } | null;
  waiting: (() => void)[];
}

/** The longest delay that `setTimeout` takes; it turns a longer one into none. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** The machine's clock. Work begins by itself when its time has come, and several pieces of it may be under way at once. */
export function createRealScheduler(): Scheduler {
  const time: RealTime = { timers: new Set(), active: 0, stopped: false, failure: null, waiting: [] };
  return {
    kind: 'real',
    now: () => Date.now(),
    schedule: (at, work) => startTimer(time, at, work),
    settle: () => settled(time),
    advance: async (milliseconds) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      throwFailure(time);
    },
    stop: () => {
      time.stopped = true;
      for (const timer of time.timers) clearTimeout(timer);
      time.timers.clear();
      wakeIfIdle(time);
    },
  };
}

function startTimer(time: RealTime, at: number, work: () => void | Promise<void>): () => void {
  if (time.stopped) return () => {};
  const delay = Math.max(0, at - Date.now());
  let cancel = () => {
    clearTimeout(timer);
    if (time.timers.delete(timer)) wakeIfIdle(time);
  };
  const timer = setTimeout(
    () => {
      time.timers.delete(timer);
      if (delay > longestTimerMilliseconds) cancel = startTimer(time, at, work);
      else void perform(time, work);
    },
    Math.min(delay, longestTimerMilliseconds),
  );
  time.timers.add(timer);
  return () => cancel();
}

async function perform(time: RealTime, work: () => void | Promise<void>): Promise<void> {
  time.active++;
  try {
    await work();
  } catch (error) {
    time.failure ??= { error };
  }
  time.active--;
  wakeIfIdle(time);
}

function wakeIfIdle(time: RealTime): void {
  if (time.failure === null && (time.active > 0 || time.timers.size > 0)) return;
  for (const wake of time.waiting.splice(0)) wake();
}

async function settled(time: RealTime): Promise<void> {
  throwFailure(time);
  if (time.active === 0 && time.timers.size === 0) return;
  await new Promise<void>((resolve) => time.waiting.push(resolve));
  throwFailure(time);
}

function throwFailure(time: RealTime): void {
  if (time.failure === null) return;
  const { error } = time.failure;
  time.failure = null;
  throw error;
}

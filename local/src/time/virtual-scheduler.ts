import { type Heap, pop, push, type Timed } from './heap.ts';
import type { Scheduler } from './scheduler.ts';

interface Task extends Timed {
  /** Null when it was called off. */
  work: (() => void | Promise<void>) | null;
}

interface VirtualTime {
  now: number;
  scheduled: number;
  stopped: boolean;
  tasks: Heap<Task>;
  /** Runs follow each other, so that two callers never interleave. */
  running: Promise<void>;
}

/**
 * A clock that stands still while work is done and jumps to the next due work when there is none.
 * Work runs one after the other, in the order of its time and then of its scheduling, only inside `settle` and `advance`.
 */
export function createVirtualScheduler(startMilliseconds: number): Scheduler {
  const time: VirtualTime = {
    now: startMilliseconds,
    scheduled: 0,
    stopped: false,
    tasks: [],
    running: Promise.resolve(),
  };
  return {
    kind: 'virtual',
    now: () => time.now,
    schedule: (at, work) => schedule(time, at, work),
    settle: () => enqueue(time, () => runUntil(time, Number.POSITIVE_INFINITY)),
    advance: (milliseconds) => enqueue(time, () => passTime(time, milliseconds)),
    stop: () => {
      time.stopped = true;
      time.tasks = [];
    },
  };
}

function schedule(time: VirtualTime, at: number, work: () => void | Promise<void>): () => void {
  const task: Task = { at: Math.max(at, time.now), order: time.scheduled++, work };
  if (!time.stopped) push(time.tasks, task);
  return () => {
    task.work = null;
  };
}

function enqueue(time: VirtualTime, run: () => Promise<void>): Promise<void> {
  const result = time.running.then(run);
  time.running = result.catch(() => {});
  return result;
}

async function passTime(time: VirtualTime, milliseconds: number): Promise<void> {
  const end = time.now + milliseconds;
  await runUntil(time, end);
  time.now = Math.max(time.now, end);
}

async function runUntil(time: VirtualTime, end: number): Promise<void> {
  for (let next = time.tasks[0]; next !== undefined && next.at <= end; next = time.tasks[0]) {
    pop(time.tasks);
    if (next.work === null) continue;
    time.now = Math.max(time.now, next.at);
    await next.work();
  }
}

import { describe, expect, test } from 'vitest';
import { createRealScheduler } from './real-scheduler.ts';
import { createVirtualScheduler } from './virtual-scheduler.ts';

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('virtual time', () => {
  test('work is done in the order of its time, then of its scheduling, and time jumps to it', async () => {
    const time = createVirtualScheduler(1000);
    const done: [string, number][] = [];
    const at = (when: number, name: string) => time.schedule(when, () => void done.push([name, time.now()]));
    at(5000, 'c');
    at(2000, 'a');
    at(2000, 'b');
    at(0, 'past');
    await time.settle();
    expect(done).toEqual([
      ['past', 1000],
      ['a', 2000],
      ['b', 2000],
      ['c', 5000],
    ]);
    expect(time.now()).toBe(5000);
  });

  test('one piece of work is awaited before the next begins', async () => {
    const time = createVirtualScheduler(0);
    const done: string[] = [];
    time.schedule(0, async () => {
      await wait(10);
      done.push('slow');
      time.schedule(time.now(), () => void done.push('caused'));
    });
    time.schedule(0, () => void done.push('next'));
    await time.settle();
    expect(done).toEqual(['slow', 'next', 'caused']);
  });

  test('advance does what is due and leaves the rest', async () => {
    const time = createVirtualScheduler(0);
    const done: number[] = [];
    for (const at of [10, 20, 30]) time.schedule(at, () => void done.push(at));
    await time.advance(20);
    expect([done, time.now()]).toEqual([[10, 20], 20]);
    await time.advance(5);
    expect([done, time.now()]).toEqual([[10, 20], 25]);
  });

  test('time does not advance for work that was called off', async () => {
    const time = createVirtualScheduler(0);
    const cancel = time.schedule(1000, () => expect.fail('called off'));
    cancel();
    await time.settle();
    expect(time.now()).toBe(0);
  });

  test('what work throws reaches the one who settles', async () => {
    const time = createVirtualScheduler(0);
    time.schedule(0, () => Promise.reject(new Error('broken')));
    time.schedule(1, () => {});
    await expect(time.settle()).rejects.toThrow('broken');
    await expect(time.settle()).resolves.toBeUndefined();
  });

  test('two that settle at once wait for each other', async () => {
    const time = createVirtualScheduler(0);
    const done: string[] = [];
    time.schedule(0, async () => {
      await wait(5);
      done.push('first');
    });
    time.schedule(0, () => void done.push('second'));
    await Promise.all([time.settle(), time.settle()]);
    expect(done).toEqual(['first', 'second']);
  });

  test('nothing begins after stop', async () => {
    const time = createVirtualScheduler(0);
    time.schedule(0, () => expect.fail('stopped'));
    time.stop();
    time.schedule(0, () => expect.fail('stopped'));
    await time.settle();
  });
});

describe('real time', () => {
  test('work begins by itself, side by side, and settle waits for all of it', async () => {
    const time = createRealScheduler();
    const done: string[] = [];
    time.schedule(time.now(), async () => {
      await wait(40);
      done.push('slow');
      time.schedule(time.now() + 5, () => void done.push('caused'));
    });
    time.schedule(time.now() + 5, () => void done.push('quick'));
    await time.settle();
    expect(done).toEqual(['quick', 'slow', 'caused']);
  });

  test('settle rejects with what work threw', async () => {
    const time = createRealScheduler();
    time.schedule(time.now(), () => Promise.reject(new Error('broken')));
    await expect(time.settle()).rejects.toThrow('broken');
  });

  test('work that was called off or stopped never begins', async () => {
    const time = createRealScheduler();
    time.schedule(time.now(), () => expect.fail('called off'))();
    time.schedule(time.now() + 5, () => expect.fail('stopped'));
    time.schedule(time.now() + 2 ** 40, () => expect.fail('a timer cannot wait that long'));
    setTimeout(() => time.stop(), 1);
    await time.settle();
  });
});

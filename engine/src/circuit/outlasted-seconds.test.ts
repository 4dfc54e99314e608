import { describe, expect, test } from 'vitest';
import type { Downstream } from '../topology.ts';
import { nextProbeSeconds, outlastedSeconds } from './outlasted-seconds.ts';

const gateway: Downstream = {
  name: 'gateway',
  outageSeconds: 3_600,
  failureThreshold: 5,
  firstProbeSeconds: 30,
  maximumProbeSeconds: 300,
};

describe('an outage is outlasted', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 30],
    [3, 30 + 60],
    [5, 30 + 60 + 120 + 240],
    [6, 30 + 60 + 120 + 240 + 300],
    [16, 30 + 60 + 120 + 240 + 11 * 300],
  ])('by %i receives for %i seconds', (maxReceiveCount, seconds) => {
    expect(outlastedSeconds(gateway, maxReceiveCount)).toBe(seconds);
  });

  test('for the maximum each time where the first wait is longer than it', () => {
    expect(outlastedSeconds({ ...gateway, firstProbeSeconds: 900 }, 4)).toBe(900);
  });

  test('for no time without waits, however many receives there are', () => {
    expect(outlastedSeconds({ ...gateway, firstProbeSeconds: 0 }, 1_000)).toBe(0);
  });

  test('of a thousand receives is the sum of a thousand waits', () => {
    let [sum, wait] = [0, 0];
    for (let receive = 1; receive < 1_000; receive++) {
      wait = nextProbeSeconds(gateway, wait);
      sum += wait;
    }
    expect(outlastedSeconds(gateway, 1_000)).toBe(sum);
  });
});

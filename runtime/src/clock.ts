/** Time, as the runtime sees it. Replaced where time is virtual. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** Draws the jitter of waits: from 0 to less than 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

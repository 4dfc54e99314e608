/** Runs work at its time. Both kinds of time have this interface; only the clock behind it differs. */
export interface Scheduler {
  readonly kind: 'virtual' | 'real';
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs `work` at `at` (milliseconds since the epoch; the past means as soon as possible). The function it returns calls
   * that off; time does not advance for work that was called off.
   */
  schedule(at: number, work: () => void | Promise<void>): () => void;
  /** Resolves when no work is left. Rejects with what the first failing work threw. */
  settle(): Promise<void>;
  /** Lets `milliseconds` pass and does the work that is due within them. */
  advance(milliseconds: number): Promise<void>;
  /** Drops all work that has not begun. Nothing is scheduled afterwards. */
  stop(): void;
}

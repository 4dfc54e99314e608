/** What an estimate starts from. */
export interface CostOptions {
  /** Events of a month, by `addressKey`. What is not here follows from what is, or is 0. */
  readonly published: ReadonlyMap<string, number>;
  /** Bytes of every payload; null estimates each from its examples or its schema. */
  readonly bytes: number | null;
  /** Run time of a function for one event. */
  readonly durationMs: number;
  /** Memory of every function, in MiB; null takes that of the spec. */
  readonly memoryMb: number | null;
  /** Events of one invocation behind a queue; null takes full batches. */
  readonly batch: number | null;
  /** What part of the events a consumer's filters let through, by consumer key; the others are estimated. */
  readonly shares: ReadonlyMap<string, number>;
  /** Whose settings hold; null takes those without an environment. */
  readonly environment: string | null;
  /** True takes the free tier of an account off the bill. */
  readonly freeTier: boolean;
}

/** Run time of a function for one event where none is given. */
export const defaultDurationMs = 50;

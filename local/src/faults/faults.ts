import { createRandom, type Random } from '../random.ts';
import type { ServiceName } from '../wire/call.ts';
import type { FaultKind, FaultOccurrence, FaultOptions, FaultRates } from './rates.ts';

/** Decides what goes wrong. Each kind of fault draws from its own numbers, so that one rate does not move the others. */
export interface Faults {
  /** Tells whether a fault happens now, to what `about` says, and counts it. */
  strikes(kind: FaultKind, about?: About): boolean;
  /** A whole number from 0 to below `bound`, for the size of a fault. */
  below(kind: FaultKind, bound: number): number;
  /** Tells whether a service is out of order at a time, in milliseconds since the epoch, and counts it if so. */
  isOut(service: ServiceName, now: number, about?: About): boolean;
  /** How often each kind has happened. */
  readonly counts: Readonly<Partial<Record<FaultOccurrence['kind'], number>>>;
}

/** What a fault happens to. */
export type About = Pick<FaultOccurrence, 'requestId' | 'consumer'>;

const nobody: About = Object.freeze({ requestId: null, consumer: null });

/** Makes the faults of a system that starts at `start`, in milliseconds since the epoch. Throws for an impossible rate. */
export function createFaults(options: FaultOptions, seed: number | string, start: number): Faults {
  const rates: FaultRates = options.rates ?? {};
  checkRates(rates);
  const sources = new Map<FaultKind, Random>();
  const randomOf = (kind: FaultKind) => {
    const random = sources.get(kind) ?? createRandom(`${options.seed ?? seed}/${kind}`);
    sources.set(kind, random);
    return random;
  };
  const counts: Partial<Record<FaultOccurrence['kind'], number>> = {};
  const happen = (kind: FaultOccurrence['kind'], about: About) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    options.onFault?.({ kind, ...about });
    return true;
  };
  const strikes = (kind: FaultKind, about = nobody) => {
    const rate = rates[kind] ?? 0;
    return rate > 0 && randomOf(kind).next() < rate * 2 ** 32 && happen(kind, about);
  };
  const isOut = (service: ServiceName, now: number, about = nobody) => {
    const isDown = (options.outages ?? []).some(({ service: down, afterSeconds, forSeconds }) => {
      const since = (now - start) / 1000 - afterSeconds;
      return down === service && since >= 0 && since < forSeconds;
    });
    return isDown && happen('outage', about);
  };
  return { strikes, below: (kind, bound) => randomOf(kind).next() % bound, isOut, counts };
}

function checkRates(rates: FaultRates): void {
  for (const [kind, rate] of Object.entries(rates)) {
    if (rate === undefined || (rate >= 0 && rate <= 1)) continue;
    throw new RangeError(`The rate of the fault ${kind} must be from 0 to 1, not ${rate}`);
  }
}

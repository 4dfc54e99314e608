import type { About, Faults } from './faults.ts';

/** How an invocation is going to end, whatever its handler does. */
export interface Fate {
  readonly kind: 'crash' | 'timeout';
  /** The request to AWS at which it ends, from 1; 0 ends it before the handler is called. */
  readonly request: number;
  /** Whether that request takes effect. In neither case does the handler see its answer. */
  readonly takesEffect: boolean;
}

/** How many requests to AWS a doomed handler may send at most. */
const mostRequests = 8;

/** Draws the fate of an invocation; null lets it end as it will. */
export function drawFate(faults: Faults, about: About): Fate | null {
  for (const [kind, fault] of [
    ['crash', 'handlerCrashes'],
    ['timeout', 'handlerTimesOut'],
  ] as const) {
    if (!faults.strikes(fault, about)) continue;
    return { kind, request: faults.below(fault, mostRequests + 1), takesEffect: faults.below(fault, 2) === 0 };
  }
  return null;
}

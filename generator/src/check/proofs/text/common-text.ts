import type { Machine } from './machine.ts';

/** Moves after which the search gives up. */
const maximumMoves = 30_000;

/**
 * Tells whether some text may be accepted by all machines `within` and not by `outside`: false only when there is none.
 * Walks all machines in step; gives up after a number of moves, and is then taken to have found one.
 */
export function mayHaveCommonText(within: readonly Machine[], outside: Machine | null): boolean {
  if (within.length === 0 && outside === null) return true;
  const all = outside === null ? within : [...within, outside];
  const isAccepted = (states: readonly number[]): boolean =>
    all.every((machine, index) => machine.isAccepting(states[index] ?? 0) === (machine !== outside));
  const isDead = (states: readonly number[]): boolean =>
    within.some((machine, index) => machine.isStuck(states[index] ?? 0));

  const stack: (readonly number[])[] = [all.map(() => 0)];
  const seen = new Set(stack.map((states) => states.join()));
  let moves = 0;
  for (let states = stack.pop(); states !== undefined; states = stack.pop()) {
    if (isAccepted(states)) return true;
    for (const next of successors(all, states)) {
      if (++moves > maximumMoves) return true;
      const key = next.join();
      if (seen.has(key) || isDead(next)) continue;
      seen.add(key);
      stack.push(next);
    }
  }
  return false;
}

/** The states that follow, one for each way in which the moves of all machines divide the characters. */
function successors(machines: readonly Machine[], states: readonly number[]): readonly (readonly number[])[] {
  const steps = machines.map((machine, index) => machine.moves(states[index] ?? 0));
  const positions = steps.map(() => 0);
  const found: (readonly number[])[] = [];
  for (let start = 0; start < Number.POSITIVE_INFINITY; ) {
    let next = Number.POSITIVE_INFINITY;
    const following: number[] = [];
    for (const [index, own] of steps.entries()) {
      let position = positions[index] ?? 0;
      if ((own[position + 1]?.from ?? Number.POSITIVE_INFINITY) <= start) position++;
      positions[index] = position;
      following.push(own[position]?.to ?? 0);
      next = Math.min(next, own[position + 1]?.from ?? Number.POSITIVE_INFINITY);
    }
    found.push(following);
    start = next;
  }
  return found;
}

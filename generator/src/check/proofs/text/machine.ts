import type { Automaton } from './automaton.ts';
import { includes } from './char-set.ts';

/** A deterministic automaton, made of another as far as it is walked. State 0 is where it starts. */
export interface Machine {
  readonly isAccepting: (state: number) => boolean;
  /** Tells whether no move leads on, so that nothing more is accepted. */
  readonly isStuck: (state: number) => boolean;
  /** Moves of a state, sorted: each holds from its character to that of the next one. The first is from 0. */
  readonly moves: (state: number) => readonly Step[];
}

/** A move of a {@link Machine}. */
export interface Step {
  readonly from: number;
  readonly to: number;
}

/** Makes an automaton deterministic, state by state as they are asked for. */
export function machineOf(automaton: Automaton): Machine {
  const sets: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const moves: (readonly Step[] | undefined)[] = [];
  const numberOf = (states: Iterable<number>): number => {
    const set = withFreeMoves(automaton, states);
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  numberOf([0]);
  return {
    isAccepting: (state) => sets[state]?.includes(automaton.accepting) ?? false,
    isStuck: (state) => sets[state]?.length === 0,
    moves: (state) => {
      moves[state] ??= stepsOf(automaton, sets[state] ?? [], numberOf);
      return moves[state];
    },
  };
}

/** The states reached without a character, sorted. */
function withFreeMoves({ moves }: Automaton, states: Iterable<number>): readonly number[] {
  const reached = new Set(states);
  for (const state of reached) {
    for (const { set, to } of moves[state] ?? []) if (set === null) reached.add(to);
  }
  return [...reached].sort((left, right) => left - right);
}

function stepsOf(
  { moves }: Automaton,
  states: readonly number[],
  numberOf: (states: Iterable<number>) => number,
): readonly Step[] {
  const own = states
    .flatMap((state) => moves[state] ?? [])
    .flatMap(({ set, to }) => (set === null ? [] : [{ set, to }]));
  const starts = new Set([0, ...own.flatMap(({ set }) => set.flatMap(([from, to]) => [from, to + 1]))]);
  const steps: Step[] = [];
  for (const from of [...starts].sort((left, right) => left - right)) {
    if (from > 0x10ffff) continue;
    const to = numberOf(own.flatMap((move) => (includes(move.set, from) ? [move.to] : [])));
    if (steps.at(-1)?.to !== to) steps.push({ from, to });
  }
  return steps;
}

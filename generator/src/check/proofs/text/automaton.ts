import type { CharSet } from './char-set.ts';
import type { Language } from './language.ts';

/** A finite automaton. Its states are numbered; state 0 is where it starts. */
export interface Automaton {
  readonly accepting: number;
  /** By state. */
  readonly moves: readonly (readonly Move[])[];
}

/** A move to another state; without a character when `set` is null. */
export interface Move {
  readonly set: CharSet | null;
  readonly to: number;
}

/** States up to which a language is worth an automaton. */
const maximumStates = 6_000;

/** Repetitions that are counted; more are taken for any number, which accepts more. */
const maximumCounted = 150;

/**
 * An automaton for a language, or null when it would be too large. It accepts at least the texts of the language, and
 * exactly those when nothing is repeated more than 150 times.
 */
export function automatonOf(language: Language): Automaton | null {
  const moves: Move[][] = [[]];
  const accepting = append(language, 0, moves);
  return moves.length > maximumStates ? null : { accepting, moves };
}

/** Adds a language after a state and returns the state after it. An automaton that is too large stays unfinished. */
function append(language: Language, from: number, moves: Move[][]): number {
  if (moves.length > maximumStates) return from;
  switch (language.kind) {
    case 'char': {
      const to = newState(moves);
      connect(moves, from, to, language.set);
      return to;
    }
    case 'sequence':
      return language.parts.reduce((state, part) => append(part, state, moves), from);
    case 'choice': {
      const to = newState(moves);
      for (const option of language.options) {
        const start = newState(moves);
        connect(moves, from, start);
        connect(moves, append(option, start, moves), to);
      }
      return to;
    }
    case 'repeat':
      return appendRepeat(language, from, moves);
    default:
      return language satisfies never;
  }
}

function appendRepeat(language: Language & { kind: 'repeat' }, from: number, moves: Move[][]): number {
  const { part, maximum } = language;
  const minimum = Math.min(language.minimum, maximumCounted);
  let state = from;
  for (let count = 0; count < minimum; count++) state = append(part, state, moves);
  if (maximum === null || maximum > maximumCounted) return appendLoop(part, state, moves);
  const to = newState(moves);
  for (let count = minimum; count < maximum; count++) {
    connect(moves, state, to);
    state = append(part, state, moves);
  }
  connect(moves, state, to);
  return to;
}

function appendLoop(part: Language, from: number, moves: Move[][]): number {
  const loop = newState(moves);
  connect(moves, from, loop);
  connect(moves, append(part, loop, moves), loop);
  const to = newState(moves);
  connect(moves, loop, to);
  return to;
}

function newState(moves: Move[][]): number {
  return moves.push([]) - 1;
}

function connect(moves: Move[][], from: number, to: number, set: CharSet | null = null): void {
  moves[from]?.push({ set, to });
}

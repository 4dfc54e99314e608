import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { PositionTape } from './position-tape.ts';

/** JSON read from a text, and where each part of it stands. */
export interface ParsedText {
  /**
   * The JSON. Parts that could not be read are null; aliased parts are the same object. A key `__proto__` is an own
   * property like any other.
   */
  readonly value: unknown;
  readonly tape: PositionTape;
  readonly problems: readonly SyntaxProblem[];
}

/** Something wrong in a text, before it is known to which file the text belongs. */
export interface SyntaxProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly offset: number;
  readonly pointer: string;
  /** Another place that matters, for example the first of two equal keys. */
  readonly related?: { readonly message: string; readonly offset: number; readonly pointer: string };
}

/** Values nested deeper than this are refused: no real spec comes near, and recursive readers are safe below it. */
export const deepestNesting = 200;

/** Sets an own property, also one called `__proto__`. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** The problem with a number that JavaScript and JSON cannot keep, or undefined. `source` is how it is written. */
export function numberProblem(value: number, source: string): { code: DiagnosticCode; message: string } | undefined {
  if (!Number.isFinite(value)) {
    return { code: 'number-not-json', message: `${source} is not a JSON number.` };
  }
  if (Number.isSafeInteger(value) || !/^[-+]?\d+$/.test(source) || BigInt(source.replace('+', '')) === BigInt(value)) {
    return undefined;
  }
  return {
    code: 'number-not-exact',
    message: `The number ${source} becomes ${BigInt(value)}: it has too many digits.`,
  };
}

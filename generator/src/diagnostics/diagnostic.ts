import type { DiagnosticCode } from './codes.ts';

/** A place in the user's files. Lines and columns count from 1; columns count UTF-16 units. */
export interface Origin {
  /** Path relative to the spec's folder, with `/`. The spec itself is its base name. */
  readonly file: string;
  /** JSON pointer into that file; empty for the whole document. */
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Only an `error` keeps anything from being generated. */
export type Severity = 'error' | 'warning' | 'info';

/** Something a user should know about the spec. Data only: rendering is elsewhere, and nobody throws one. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong, with the value found and the values allowed. One or two sentences. */
  readonly message: string;
  /** What to do. Empty when the message says it all. */
  readonly help: string;
  readonly origin: Origin;
  /** Other places that matter, for example the first of two that collide. */
  readonly related: readonly { readonly message: string; readonly origin: Origin }[];
}

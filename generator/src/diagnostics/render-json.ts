import type { Diagnostic } from './diagnostic.ts';
import type { DisplayPath } from './display-path.ts';
import { sortDiagnostics } from './sort.ts';

/** One element of `diagnostics` in the documents that `--json` prints. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string;
  /** Relative to the working directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

/** Diagnostics as `--json` prints them, sorted by place. */
export function renderJson(diagnostics: readonly Diagnostic[], display: DisplayPath): readonly JsonDiagnostic[] {
  return sortDiagnostics(diagnostics).map(({ code, severity, message, help, origin }) => {
    const { line, column, pointer } = origin;
    return { code, severity, message, help, file: display(origin.file), line, column, pointer };
  });
}

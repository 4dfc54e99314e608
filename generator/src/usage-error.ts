/**
 * The caller asked for what cannot be done: a missing file, a wrong option, an output folder with someone else's files
 * in it. The command line answers it with exit code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Stable kebab-case name of the mistake. */
  readonly code: string;
  /** What to do; empty when the message says it all. */
  readonly help: string;
  /** The file it is about, as the caller named it; empty when it is about none. */
  readonly file: string;

  constructor(
    code: string,
    message: string,
    details: { readonly help?: string; readonly file?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.help = details.help ?? '';
    this.file = details.file ?? '';
  }
}

/** Recognises a usage error, also one of another copy of this package. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

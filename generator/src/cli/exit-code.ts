/** How a command ends. */
export const exitCode = {
  /** Clean, or the question was answered. */
  clean: 0,
  /** The spec has errors, or the output drifted. */
  errors: 1,
  /** Wrong usage, or a missing file. */
  usage: 2,
  /** A bug of Eventloom. */
  internal: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

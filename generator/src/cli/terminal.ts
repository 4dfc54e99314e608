/** Where a command reads and prints. The only thing of the process that commands see. */
export interface Terminal {
  /** Prints to standard output. */
  out(text: string): void;
  /** Prints to standard error: progress, and what went wrong. */
  err(text: string): void;
  /** Whether standard output and standard error take colour. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** Standard input, decoded as UTF-8. */
  readonly input: AsyncIterable<string>;
  /** Absolute. */
  readonly workingDirectory: string;
}

/** The terminal of this process. A reader that goes away, as `head` does, is no error. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const colored = (stream: NodeJS.WriteStream): boolean => stream.isTTY === true && env.NO_COLOR === undefined;
  return {
    out: (text) => void (stdout.writable && stdout.write(text)),
    err: (text) => void (stderr.writable && stderr.write(text)),
    color: { out: colored(stdout), err: colored(stderr) },
    get input() {
      return stdin.setEncoding('utf8') as AsyncIterable<string>;
    },
    workingDirectory: process.cwd(),
  };
}

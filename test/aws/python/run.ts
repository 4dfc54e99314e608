import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end and returns what it printed.
 *
 * @throws Error with all it said, when it fails.
 */
export function run(program: string, parameters: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status === 0) return stdout;
  throw new Error(`${program} ${parameters.join(' ')} failed: ${error?.message ?? `${stdout}\n${stderr}`}`);
}

/** Tells whether a program exists and ends well. */
export function tryRun(program: string, parameters: readonly string[]): boolean {
  return spawnSync(program, parameters, { stdio: 'ignore' }).status === 0;
}

/** Runs a program to its end, whatever comes of it. */
export function runAside(
  program: string,
  parameters: readonly string[],
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { status, output: `${stdout}${stderr}${error === undefined ? '' : error.message}`.trim() };
}

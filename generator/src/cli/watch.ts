import { watch as watchFolder } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isUsageError } from '../usage-error.ts';
import type { Answer, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { generateOnce } from './generate.ts';

/** Editors write a file in several steps; changes within this time are one. */
const settleMilliseconds = 60;

/** `generate --watch`: generates now and whenever an input changes, until the process is interrupted. */
export async function watch(invocation: Invocation): Promise<Answer> {
  const { terminal, spec } = invocation;
  const specPath = resolve(terminal.workingDirectory, spec);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  let inputs: readonly string[] = [specPath];
  while (!interruption.signal.aborted) {
    const changed = nextChange(inputs, interruption.signal);
    const found = await runOnce(invocation, specPath);
    // Another set of inputs is watched from the next round on; a run more makes sure that none of it was missed.
    const same = found === null || found.join('\n') === inputs.join('\n');
    inputs = found ?? inputs;
    if (!same) continue;
    terminal.err('Watching for changes.\n');
    await changed;
  }
  process.off('SIGINT', interrupt);
  return { exitCode: exitCode.clean, json: {}, text: '', notes: '', diagnostics: [] };
}

/** Prints one run. Returns the absolute paths of its inputs; null when they are not known, as while a file is missing. */
async function runOnce(invocation: Invocation, specPath: string): Promise<readonly string[] | null> {
  const { terminal } = invocation;
  try {
    const { answer, inputs } = await generateOnce(invocation);
    terminal.out(answer.text);
    terminal.err(answer.notes);
    return inputs.length === 0 ? null : inputs.map((path) => resolve(dirname(specPath), path));
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.err(`${error.message}\n`);
    return null;
  }
}

/** Resolves when one of the files changes, or on interruption. Folders are watched, since editors replace files. */
function nextChange(files: readonly string[], interrupted: AbortSignal): Promise<void> {
  const wanted = new Set(files);
  const folders = new Set(files.map((file) => dirname(file)));
  return new Promise((done) => {
    const watching = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(timer);
      watching.abort();
      done();
    };
    interrupted.addEventListener('abort', finish, { once: true, signal: watching.signal });
    for (const folder of folders) {
      watchFolder(folder, { signal: watching.signal }, (_, name) => {
        if (name !== null && !wanted.has(resolve(folder, name))) return;
        clearTimeout(timer);
        timer = setTimeout(finish, settleMilliseconds);
      });
    }
  });
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, tryRun } from './run.ts';

/** Oldest Python that the tools of `requirements.txt` run on. */
const oldest = [3, 10] as const;

/** The Python that has the tools as modules (`python -m cfnlint`), or why there is none. */
export type VirtualEnvironment =
  | { readonly ok: true; readonly python: string }
  | { readonly ok: false; readonly why: string };

/**
 * Returns a virtual environment with the tools of `requirements.txt` at their pinned versions. It is made once for each
 * content of that file, below the system's folder for temporary files (or EVENTLOOM_PYTHON_FOLDER), and used again.
 *
 * @throws Error when there is a Python but the tools cannot be installed.
 */
export function virtualEnvironment(): VirtualEnvironment {
  const python = findPython();
  if (python === undefined) {
    return { ok: false, why: `there is no Python ${oldest.join('.')} or later (python3, python or py on the PATH)` };
  }
  const folder = folderFor(python);
  if (!existsSync(folder)) install(python, folder);
  return { ok: true, python: pythonOf(folder) };
}

function findPython(): string | undefined {
  const asks = `import sys; sys.exit(0 if sys.version_info[:2] >= (${oldest.join(', ')}) else 1)`;
  return ['python3', 'python', 'py'].find((command) => tryRun(command, ['-c', asks]));
}

/** Another set of tools, or another Python, gets a folder of its own. */
function folderFor(python: string): string {
  const version = run(python, ['-c', 'import sys; print(sys.version)']);
  const hash = createHash('sha256').update(version);
  for (const file of ['requirements.txt', 'constraints.txt']) hash.update(readFileSync(here(file)));
  const parent = process.env.EVENTLOOM_PYTHON_FOLDER ?? tmpdir();
  return join(parent, `eventloom-python-${hash.digest('hex').slice(0, 16)}`);
}

/** Installs aside and renames at the end: a folder that exists is complete. Only scripts, which nobody uses, hold its path. */
function install(python: string, folder: string): void {
  console.error(`Installing the emulators of test/aws/python/requirements.txt into ${folder} (half a minute, once).`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    run(python, ['-m', 'venv', unfinished]);
    run(pythonOf(unfinished), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      here('requirements.txt'),
    ]);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

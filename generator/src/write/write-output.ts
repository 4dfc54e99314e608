import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GeneratedFile } from '../emit/generated-file.ts';
import { manifestPath } from '../emit/manifest.ts';
import { UsageError } from '../usage-error.ts';
import { openOutputFolder } from './output-folder.ts';
import { planWrite, type WritePlan } from './plan.ts';

/** What was done, or with `check` would be. Paths are below the output folder, sorted. */
export interface WriteReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** How many files were already right. */
  readonly unchanged: number;
}

export interface WriteOptions {
  /** Write nothing, only report. */
  readonly check: boolean;
}

/**
 * Makes `folder` hold the generated files. Writes only files whose bytes change, each at once (a reader never sees half
 * a file), and removes files of an earlier run that its manifest names, with the folders that get empty by that. The
 * manifest comes last, so that a run that was cut off is made good by the next.
 *
 * Synchronous: a run has nothing else to do, and thousands of small files take a fraction of the time.
 * @throws {UsageError} before anything is written, when something that is not ours stands in the way; or when the disk
 * refuses.
 */
export function writeOutput(files: readonly GeneratedFile[], folder: string, { check }: WriteOptions): WriteReport {
  return onDisk(folder, () => {
    const plan = openAndPlan(files, folder);
    if (!check) apply(plan, folder);
    return {
      added: plan.added.map((file) => file.path),
      changed: plan.changed.map((file) => file.path),
      removed: plan.stale,
      unchanged: plan.unchanged.length,
    };
  });
}

/** Tells whether the report found the folder as it should be. */
export function isClean({ added, changed, removed }: WriteReport): boolean {
  return added.length + changed.length + removed.length === 0;
}

function openAndPlan(files: readonly GeneratedFile[], folder: string): WritePlan {
  const opened = openOutputFolder(folder);
  if (opened === null) throw new UsageError('output-obstructed', `${folder} is no folder.`, { file: folder });
  const plan = planWrite(files, opened);
  const [first] = plan.obstacles;
  if (first === undefined) return plan;
  const more = plan.obstacles.length === 1 ? '' : ` (and ${plan.obstacles.length - 1} more like it)`;
  throw new UsageError(
    'output-obstructed',
    `${join(folder, first.path)}: ${first.reason}${more}. Nothing was written.`,
    {
      help: 'Move it away, or choose another folder with --out.',
      file: join(folder, first.path),
    },
  );
}

function apply(plan: WritePlan, folder: string): void {
  const changes = [...plan.added, ...plan.changed];
  const made = new Set<string>();
  for (const file of changes) {
    if (file.path !== manifestPath) replace(join(folder, file.path), file.content, made);
  }
  for (const path of plan.stale) rmSync(join(folder, path));
  removeEmptyFolders(folder, plan.stale);
  const manifest = changes.find((file) => file.path === manifestPath);
  if (manifest !== undefined) replace(join(folder, manifestPath), manifest.content, made);
}

/** Writes beside the file and renames over it: on one file system that happens at once. */
function replace(path: string, content: string, made: Set<string>): void {
  const parent = dirname(path);
  if (!made.has(parent)) mkdirSync(parent, { recursive: true });
  made.add(parent);
  const temporary = join(parent, `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function removeEmptyFolders(folder: string, removed: readonly string[]): void {
  const parents = new Set(removed.flatMap(ancestors));
  const deepestFirst = [...parents].sort((a, b) => b.split('/').length - a.split('/').length);
  for (const parent of deepestFirst) {
    try {
      rmdirSync(join(folder, parent));
    } catch (error) {
      if (!isSystemError(error) || !['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code)) throw error;
    }
  }
}

function ancestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What the disk refuses (no rights, no room) is no bug of ours. */
function onDisk<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError('output-not-writable', `Cannot write ${folder}: ${error.message}.`, {
      file: folder,
      cause: error,
    });
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

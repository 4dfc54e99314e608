import { mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { type OutputFolder, openOutputFolder } from './output-folder.ts';
import type { OutputFile, Ownership } from './ownership.ts';
import { planWrite, type WritePlan } from './plan.ts';

/** What was done, or with `check` would be. Paths are below the output folder, sorted. */
export interface FolderReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Files of an earlier run that are not written any more, and were left since somebody changed them. */
  readonly kept: readonly string[];
  /** How many files were already right. */
  readonly unchanged: number;
}

export interface WriteOptions {
  /** Write nothing, only report. */
  readonly check: boolean;
}

/**
 * Makes a folder hold the files. Writes only files whose bytes change, each at once (a reader never sees half a file),
 * and removes files of an earlier run that its manifest names, with the folders that get empty by that. The manifest
 * comes last, so that a run that was cut off is made good by the next.
 *
 * Synchronous: a run has nothing else to do, and thousands of small files take a fraction of the time.
 * @param ownershipOf tells what is ours in the folder as it stands.
 * @throws {UsageError} before anything is written, when something that is not ours stands in the way; or when the disk
 * refuses.
 */
export function writeFolder(
  files: readonly OutputFile[],
  folder: string,
  { check, ownershipOf }: WriteOptions & { readonly ownershipOf: (folder: OutputFolder) => Ownership },
): FolderReport {
  return onDisk(folder, () => {
    const opened = openOutputFolder(folder);
    if (opened === null) throw new UsageError('output-obstructed', `${folder} is no folder.`, { file: folder });
    const ownership = ownershipOf(opened);
    const plan = planWrite(files, opened, ownership);
    refuseObstacles(plan, folder, ownership);
    if (!check) apply(plan, folder, ownership);
    return {
      added: plan.added.map((file) => file.path).sort(),
      changed: plan.changed.map((file) => file.path).sort(),
      removed: plan.stale,
      kept: plan.kept,
      unchanged: plan.unchanged.length,
    };
  });
}

function refuseObstacles({ obstacles }: WritePlan, folder: string, { help }: Ownership): void {
  const [first] = obstacles;
  if (first === undefined) return;
  const more = obstacles.length === 1 ? '' : ` (and ${obstacles.length - 1} more like it)`;
  const file = join(folder, first.path);
  throw new UsageError('output-obstructed', `${file}: ${first.reason}${more}. Nothing was written.`, { help, file });
}

function apply(plan: WritePlan, folder: string, { manifest: manifestPath, claim }: Ownership): void {
  const changes = [...plan.added, ...plan.changed];
  if (changes.length + plan.stale.length === 0) return;
  const made = new Set<string>();
  if (claim !== null) replace(join(folder, claim.path), claim.content, made);
  for (const file of changes) {
    if (file.path !== manifestPath) replace(join(folder, file.path), file.content, made);
  }
  for (const path of plan.stale) rmSync(join(folder, path));
  removeEmptyFolders(folder, plan.stale);
  const manifest = [...changes, ...plan.unchanged].find((file) => file.path === manifestPath);
  const isLeft = manifest !== undefined && manifest.content !== claim?.content;
  if (isLeft && (claim !== null || changes.includes(manifest))) {
    replace(join(folder, manifestPath), manifest.content, made);
  }
}

/** Writes beside the file and renames over it: on one file system that happens at once. */
function replace(path: string, content: string | Uint8Array, made: Set<string>): void {
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

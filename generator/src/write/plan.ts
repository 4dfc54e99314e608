import { InternalError } from '../internal-error.ts';
import { type Entry, isPathBelow, type OutputFolder } from './output-folder.ts';
import type { OutputFile, Ownership } from './ownership.ts';

/** What has to be done to make the output folder hold exactly the files, each list sorted by path or as they come. */
export interface WritePlan {
  readonly added: readonly OutputFile[];
  readonly changed: readonly OutputFile[];
  readonly unchanged: readonly OutputFile[];
  /** Paths of files of an earlier run that are not written any more. */
  readonly stale: readonly string[];
  /** Paths of such files that somebody changed since: they are left alone. */
  readonly kept: readonly string[];
  /** What stands in the way and is not ours to replace. */
  readonly obstacles: readonly Obstacle[];
}

export interface Obstacle {
  /** Path below the output folder. */
  readonly path: string;
  readonly reason: string;
}

/** Compares files with the folder. Writes nothing. */
export function planWrite(files: readonly OutputFile[], folder: OutputFolder, ownership: Ownership): WritePlan {
  const plan = { added: [] as OutputFile[], changed: [] as OutputFile[], unchanged: [] as OutputFile[] };
  const obstacles: Obstacle[] = [];
  for (const file of files) {
    if (!isPathBelow(file.path)) throw new InternalError(`The output path ${file.path} leaves the output folder`);
    const verdict = compare(file, folder.entry(file.path), ownership);
    if (typeof verdict === 'string') plan[verdict].push(file);
    else obstacles.push(verdict);
  }
  return { ...plan, ...staleFiles(files, folder, ownership), obstacles };
}

function compare(file: OutputFile, entry: Entry, ownership: Ownership): 'added' | 'changed' | 'unchanged' | Obstacle {
  switch (entry.kind) {
    case 'none':
      return 'added';
    case 'other':
      return { path: entry.path, reason: `${entry.is} stands where output goes` };
    case 'file': {
      if (entry.content.equals(Buffer.from(file.content))) return 'unchanged';
      if (ownership.mayReplace(file.path, entry.content)) return 'changed';
      return { path: file.path, reason: 'a file that Eventloom did not write stands where output goes' };
    }
    default:
      return entry satisfies never;
  }
}

/** The manifest is a file like any other, so what it names is removed only when it also looks like ours. */
function staleFiles(
  files: readonly OutputFile[],
  folder: OutputFolder,
  { earlier, mayRemove }: Ownership,
): Pick<WritePlan, 'stale' | 'kept'> {
  const written = new Set(files.map(({ path }) => path));
  const [stale, kept]: [string[], string[]] = [[], []];
  for (const path of earlier) {
    if (written.has(path) || !isPathBelow(path)) continue;
    const entry = folder.entry(path);
    if (entry.kind === 'file') (mayRemove(path, entry.content) ? stale : kept).push(path);
  }
  return { stale: stale.sort(), kept: kept.sort() };
}

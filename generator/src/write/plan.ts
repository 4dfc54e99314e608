import type { GeneratedFile } from '../emit/generated-file.ts';
import { type Manifest, manifestPath, parseManifest } from '../emit/manifest.ts';
import { headerStart } from '../emit/print/header.ts';
import { InternalError } from '../internal-error.ts';
import { type Entry, isPathBelow, type OutputFolder } from './output-folder.ts';

/** What has to be done to make the output folder hold exactly the generated files, each list sorted by path. */
export interface WritePlan {
  readonly added: readonly GeneratedFile[];
  readonly changed: readonly GeneratedFile[];
  readonly unchanged: readonly GeneratedFile[];
  /** Paths of files of an earlier run that are not generated any more. */
  readonly stale: readonly string[];
  /** What stands in the way and is not ours to replace. */
  readonly obstacles: readonly Obstacle[];
}

export interface Obstacle {
  /** Path below the output folder. */
  readonly path: string;
  readonly reason: string;
}

/** Compares generated files with the folder. Writes nothing. */
export function planWrite(files: readonly GeneratedFile[], folder: OutputFolder): WritePlan {
  const manifest = readManifest(folder);
  const ours = new Set(manifest === null ? [] : [manifestPath, ...Object.values(manifest.files).flat()]);
  const plan = { added: [] as GeneratedFile[], changed: [] as GeneratedFile[], unchanged: [] as GeneratedFile[] };
  const obstacles: Obstacle[] = [];
  for (const file of files) {
    if (!isPathBelow(file.path)) throw new InternalError(`The output path ${file.path} leaves the output folder`);
    const verdict = compare(file, folder.entry(file.path), ours);
    if (typeof verdict === 'string') plan[verdict].push(file);
    else obstacles.push(verdict);
  }
  const generated = new Set(files.map((file) => file.path));
  const stale = [...ours].filter((path) => !generated.has(path) && isStale(path, folder)).sort();
  return { ...plan, stale, obstacles };
}

/** Reads the manifest of the folder; null when there is none of ours. */
export function readManifest(folder: OutputFolder): Manifest | null {
  const entry = folder.entry(manifestPath);
  return entry.kind === 'file' ? parseManifest(entry.content.toString('utf8')) : null;
}

function compare(
  file: GeneratedFile,
  entry: Entry,
  ours: ReadonlySet<string>,
): 'added' | 'changed' | 'unchanged' | Obstacle {
  switch (entry.kind) {
    case 'none':
      return 'added';
    case 'other':
      return { path: entry.path, reason: `${entry.is} stands where output goes` };
    case 'file': {
      if (entry.content.equals(Buffer.from(file.content))) return 'unchanged';
      if (ours.has(file.path) || hasHeader(entry.content)) return 'changed';
      return { path: file.path, reason: 'a file that Eventloom did not write stands where output goes' };
    }
    default:
      return entry satisfies never;
  }
}

/** The manifest is a file like any other, so what it names is removed only when it also looks like ours. */
function isStale(path: string, folder: OutputFolder): boolean {
  if (!isPathBelow(path)) return false;
  const entry = folder.entry(path);
  return entry.kind === 'file' && hasHeader(entry.content);
}

function hasHeader(content: Buffer): boolean {
  return content.subarray(0, headerStart.length).toString('utf8') === headerStart;
}

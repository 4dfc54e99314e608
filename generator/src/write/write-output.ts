import type { GeneratedFile } from '../emit/generated-file.ts';
import { type Manifest, manifestPath, parseManifest } from '../emit/manifest.ts';
import { headerStart } from '../emit/print/header.ts';
import type { OutputFolder } from './output-folder.ts';
import type { Ownership } from './ownership.ts';
import { type FolderReport, type WriteOptions, writeFolder } from './write-folder.ts';

/** What was done, or with `check` would be. Paths are below the output folder, sorted. */
export type WriteReport = Omit<FolderReport, 'kept'>;

/**
 * Makes `folder` hold the generated files, which are ours by their first line. Writes only what changes.
 * @throws {UsageError} before anything is written, when something that is not ours stands in the way; or when the disk
 * refuses.
 */
export function writeOutput(files: readonly GeneratedFile[], folder: string, { check }: WriteOptions): WriteReport {
  const { kept: _, ...report } = writeFolder(files, folder, { check, ownershipOf: ownedByHeader });
  return report;
}

/** Tells whether the report found the folder as it should be. */
export function isClean({ added, changed, removed }: WriteReport): boolean {
  return added.length + changed.length + removed.length === 0;
}

/** Reads the manifest of the folder; null when there is none of ours. */
export function readManifest(folder: OutputFolder): Manifest | null {
  const entry = folder.entry(manifestPath);
  return entry.kind === 'file' ? parseManifest(entry.content.toString('utf8')) : null;
}

function ownedByHeader(folder: OutputFolder): Ownership {
  const manifest = readManifest(folder);
  const earlier = new Set(manifest === null ? [] : [manifestPath, ...Object.values(manifest.files).flat()]);
  return {
    manifest: manifestPath,
    earlier,
    claim: null,
    help: 'Move it away, or choose another folder with --out.',
    mayReplace: (path, content) => earlier.has(path) || hasHeader(content),
    mayRemove: (_, content) => hasHeader(content),
  };
}

function hasHeader(content: Buffer): boolean {
  return content.subarray(0, headerStart.length).toString('utf8') === headerStart;
}

import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path below the output folder. A link anywhere on the way is never followed. */
export type Entry =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly content: Buffer }
  | { readonly kind: 'other'; readonly path: string; readonly is: 'a link' | 'a folder' | 'a file' | 'no plain file' };

/** The output folder as it is now. Asks the disk once for each folder: nothing else may write to it meanwhile. */
export interface OutputFolder {
  /** Absolute path, links resolved. */
  readonly root: string;
  entry(path: string): Entry;
}

/**
 * Looks at a folder, which need not be there yet. The folder itself may be a link.
 * @returns null when something else stands there.
 */
export function openOutputFolder(folder: string): OutputFolder | null {
  const root = realPath(folder);
  if (root !== null && !lstatSync(root).isDirectory()) return null;
  const folders = new Map<string, Entry>();
  const folderEntry = (path: string): Entry => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const entry = root === null ? none : inspectFolder(root, path, folderEntry);
    folders.set(path, entry);
    return entry;
  };
  return {
    root: root ?? folder,
    entry: (path) => (root === null ? none : inspectFile(root, path, folderEntry)),
  };
}

/** Tells whether `path` is a plain path below a folder: no `..`, no root, no backslash, no empty or dotted part. */
export function isPathBelow(path: string): boolean {
  return path.split('/').every((part) => /^[^\\:\0]+$/.test(part) && part !== '.' && part !== '..');
}

const none: Entry = { kind: 'none' };

/** `none` for a plain folder (or one that is still to be made), `other` for what cannot be one. */
function inspectFolder(root: string, path: string, folderEntry: (path: string) => Entry): Entry {
  const parent = parentOf(path);
  const above = parent === '' ? none : folderEntry(parent);
  if (above.kind !== 'none') return above;
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return none;
  return { kind: 'other', path, is: stats.isSymbolicLink() ? 'a link' : 'a file' };
}

function inspectFile(root: string, path: string, folderEntry: (path: string) => Entry): Entry {
  const parent = parentOf(path);
  const above = parent === '' ? none : folderEntry(parent);
  if (above.kind !== 'none') return above;
  const full = join(root, path);
  const stats = lstatSync(full, { throwIfNoEntry: false });
  if (stats === undefined) return none;
  if (stats.isFile()) return { kind: 'file', content: readFileSync(full) };
  const is = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'no plain file';
  return { kind: 'other', path, is };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

import { readFile, realpath } from 'node:fs/promises';

/** The only way the load stage touches files. Paths are as the caller writes them, with `/` between folders. */
export interface ReadFile {
  /** The bytes of a file; null when there is no such file. Throws when it exists and cannot be read. */
  read(path: string): Promise<Uint8Array | null>;
  /** The absolute path without symbolic links; null when there is no such file. */
  realpath(path: string): Promise<string | null>;
}

/** Reads from the disk. */
export const filesOnDisk: ReadFile = {
  read: (path) => readFile(path).catch(nullIfMissing),
  realpath: (path) => realpath(path).catch(nullIfMissing),
};

/** Reads from texts or bytes by path; there are no links, so each path is real. For tests and for editors. */
export function filesInMemory(files: Readonly<Record<string, string | Uint8Array>>): ReadFile {
  const encoder = new TextEncoder();
  const find = (path: string) => (Object.hasOwn(files, path) ? files[path] : undefined);
  const isFolder = (path: string) => path === '.' || Object.keys(files).some((file) => file.startsWith(`${path}/`));
  return {
    read: async (path) => {
      const content = find(path);
      return content === undefined ? null : typeof content === 'string' ? encoder.encode(content) : content;
    },
    realpath: async (path) => (find(path) !== undefined || isFolder(path) ? path : null),
  };
}

function nullIfMissing(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

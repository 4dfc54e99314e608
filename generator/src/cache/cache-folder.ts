import { existsSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where records are kept: `.cache/eventloom` of the nearest `node_modules` above a folder, else the user's cache. */
export function cacheFolder(workingDirectory: string): string {
  for (let folder = resolve(workingDirectory); ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) return join(modules, '.cache', 'eventloom');
    if (dirname(folder) === folder) return join(userCache(), 'eventloom');
  }
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (platform() === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME ?? join(homedir(), '.cache');
}

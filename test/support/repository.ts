import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const repository: string = fileURLToPath(new URL('../../', import.meta.url));

/** Every file below `folder` (relative to the repository), as paths relative to the repository with `/`, sorted. */
export function filesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const name of readdirSync(path)) {
      if (name === 'node_modules' || name === 'dist') continue;
      const child = join(path, name);
      if (statSync(child).isDirectory()) visit(child);
      else found.push(relative(repository, child).split(sep).join('/'));
    }
  };
  visit(join(repository, folder));
  return found.sort((a, b) => (a < b ? -1 : 1));
}

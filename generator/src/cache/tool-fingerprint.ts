import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A hash of everything besides the input that decides the output: our own code and the engine's, the versions of our
 * dependencies, what else is installed beside them, and the version of Node.
 * @throws when a part cannot be read; then nothing can be known of the tool.
 */
export function toolFingerprint(): string {
  const require = createRequire(import.meta.url);
  const own = dirname(dirname(fileURLToPath(import.meta.url)));
  const hash = createHash('sha256').update(process.version);
  for (const folder of [own, dirname(require.resolve('@eventloom/engine'))]) {
    for (const file of codeFiles(folder)) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  }
  const manifest = join(own, '..', 'package.json');
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
  const manifests = Object.keys(dependencies)
    .sort()
    .map((name) => manifestOf(name, require.resolve.paths(name) ?? []));
  for (const path of [manifest, ...manifests, ...lockFiles(own)]) hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

/** Not asked from the module system: most packages do not export their `package.json`. */
function manifestOf(name: string, folders: readonly string[]): string {
  const found = folders.map((folder) => join(folder, name, 'package.json')).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

/** What npm installed, with the versions of dependencies of dependencies; other package managers leave none. */
function lockFiles(folder: string): string[] {
  const parent = dirname(folder);
  const lock = join(folder, 'node_modules', '.package-lock.json');
  return [...(existsSync(lock) ? [lock] : []), ...(parent === folder ? [] : lockFiles(parent))];
}

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
}

import { readFileSync } from 'node:fs';
import { InternalError } from '../../internal-error.ts';
import type { SiteFile } from '../site-file.ts';

/** From this file below `src` or `dist` to the built scripts. */
const built = new URL('../../../browser/dist/', import.meta.url);

const names = ['highlight', 'match', 'search', 'site', 'theme'] as const;

/**
 * The scripts of the site, as they were built with this package: `assets/<name>.js`.
 * @throws {InternalError} when they were not built.
 */
export function browserScripts(): readonly SiteFile[] {
  return names.map((name) => ({ path: `assets/${name}.js`, content: scriptText(`${name}.js`) }));
}

function scriptText(file: string): string {
  try {
    return readFileSync(new URL(file, built), 'utf8');
  } catch (cause) {
    throw new InternalError(`The package lacks its script ${file} for browsers; "npm run build" makes it.`, { cause });
  }
}

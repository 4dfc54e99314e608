import type { SiteFile } from '../site-file.ts';

/** The scripts of the site, as they were built with this package: `assets/<name>.js`. */
export function browserScripts(): readonly SiteFile[] {
  return [];
}

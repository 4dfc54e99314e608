import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';

/** What the search looks through: `assets/search-data.js`, a classic script that sets a global. */
export function searchData(_site: SiteModel): readonly SiteFile[] {
  return [];
}

import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';

/** Spells every HTML page, the style sheet and the logo. */
export function renderSite(_site: SiteModel): readonly SiteFile[] {
  return [];
}

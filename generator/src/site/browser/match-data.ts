import type { SiteContext } from '../site-context.ts';
import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';

/** What the match box needs: the topology, examples and validators, as classic scripts below `assets/match/`. */
export function matchData(_context: SiteContext, _site: SiteModel): readonly SiteFile[] {
  return [];
}

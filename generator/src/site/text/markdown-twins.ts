import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';

/** The Markdown twin of every page (`events/order-placed.md` beside `events/order-placed.html`), and `llms.txt`. */
export function markdownTwins(_site: SiteModel): readonly SiteFile[] {
  return [];
}

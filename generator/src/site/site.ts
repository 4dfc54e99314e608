import type { EventModel } from '../model/event-model.ts';
import { sortBy } from '../model/order.ts';
import { browserScripts } from './browser/assets.ts';
import { matchData } from './browser/match-data.ts';
import { searchData } from './browser/search-data.ts';
import { describeSite } from './describe-site.ts';
import { jsonSchemas } from './json-schemas.ts';
import { renderSite } from './render/render-site.ts';
import { siteContext } from './site-context.ts';
import type { SiteFile } from './site-file.ts';
import { markdownTwins } from './text/markdown-twins.ts';

/** Spells the whole site of a model but the bundle of its spec, sorted by path. The same model gives the same bytes. */
export function emitSite(model: EventModel): readonly SiteFile[] {
  const context = siteContext(model);
  const site = describeSite(context);
  const files = [
    ...renderSite(site),
    ...markdownTwins(site),
    ...jsonSchemas(context),
    ...browserScripts(),
    ...searchData(site),
    ...matchData(context, site),
  ];
  return sortBy(files, ({ path }) => path);
}

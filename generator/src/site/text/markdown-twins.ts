import { posix } from 'node:path';
import type { SitePage } from '../../model/documentation/documentation.ts';
import { changesOnPage, eventsOnPage, pagedPath, paginate } from '../paginate.ts';
import { pagePath, twinOf } from '../render/shell.ts';
import type { SiteFile } from '../site-file.ts';
import type { GlossaryField, SiteModel } from '../site-model.ts';
import { hrefFrom, operationsPath, sitePaths } from '../site-paths.ts';
import { eventTwin } from './event-twin.ts';
import { homeTwin } from './home-twin.ts';
import { changesTwin, destinationsTwin, eventsTwin, glossaryTwin, matchTwin, servicesTwin } from './list-twins.ts';
import { llmsText } from './llms.ts';
import { type Block, documentText, heading } from './markdown.ts';
import { prose } from './prose.ts';
import { operationsTwin, serviceTwin } from './service-twin.ts';

/** The Markdown twin of every page (`events/order-placed.md` beside `events/order-placed.html`), and `llms.txt`. */
export function markdownTwins(site: SiteModel): readonly SiteFile[] {
  const twins: readonly (readonly [path: string, blocks: readonly Block[]])[] = [
    [sitePaths.home, homeTwin(site)],
    ...paginate(site.events, eventsOnPage).map((events, index) => {
      const path = pagedPath(sitePaths.events, index);
      return [path, eventsTwin(path, events)] as const;
    }),
    ...site.events.map((event) => [event.path, eventTwin(event)] as const),
    [sitePaths.services, servicesTwin(site)],
    ...site.services.map((service) => [service.path, serviceTwin(service)] as const),
    ...site.services.map((service) => [operationsPath(service.path), operationsTwin(service)] as const),
    [sitePaths.destinations, destinationsTwin(site)],
    ...glossaryPages(site.glossary).map(([path, fields]) => [path, glossaryTwin(path, fields)] as const),
    [sitePaths.match, matchTwin()],
    ...changesPages(site),
    ...site.pages.map((page) => [pagePath(page.slug), extraTwin(site, page)] as const),
    ['llms.txt', llmsText(site)],
  ];
  return twins.map(([path, blocks]) => ({ path: twinOf(path), content: documentText(blocks) }));
}

function changesPages({ changes }: SiteModel): readonly (readonly [string, readonly Block[]])[] {
  if (changes.length === 0) return [];
  return paginate(changes, changesOnPage).map((chunk, index) => {
    const path = pagedPath(sitePaths.changes, index);
    return [path, changesTwin(path, chunk)] as const;
  });
}

/** Fields as they were put on pages. At least one page. */
function glossaryPages(fields: readonly GlossaryField[]): readonly (readonly [string, readonly GlossaryField[]])[] {
  const pages = new Map<string, GlossaryField[]>([[sitePaths.glossary, []]]);
  for (const field of fields) pages.set(field.path, [...(pages.get(field.path) ?? []), field]);
  return [...pages];
}

/** A page of the user's; its first heading is its title already, and its links to other such files lead to their twins. */
function extraTwin(site: SiteModel, page: SitePage): readonly Block[] {
  const { file, slug, title, markdown } = page;
  const resolve = (target: string): string | null => {
    const [path = ''] = target.split('#', 1);
    const whole = posix.join(posix.dirname(file), path);
    const other = path === '' ? undefined : site.pages.find((one) => posix.normalize(one.file) === whole);
    if (other === undefined) return null;
    return hrefFrom(twinOf(pagePath(slug)), { path: twinOf(pagePath(other.slug)), anchor: null });
  };
  const [first = '', ...rest] = markdown.trimStart().split('\n');
  return [heading(1, title), prose(/^# /.test(first) ? rest.join('\n') : markdown, 2, resolve)];
}

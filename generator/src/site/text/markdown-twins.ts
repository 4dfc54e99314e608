import { posix } from 'node:path';
import type { SitePage } from '../../model/documentation/documentation.ts';
import { changesOnPage, eventsOnPage, pagedPath, paginate } from '../paginate.ts';
import type { SiteFile } from '../site-file.ts';
import type { GlossaryField, SiteModel } from '../site-model.ts';
import { hrefFrom, operationsPath, pagePath, sitePaths, twinOf } from '../site-paths.ts';
import { eventTwin } from './event-twin.ts';
import { homeTwin } from './home-twin.ts';
import { changesTwin, destinationsTwin, eventsTwin, glossaryTwin, matchTwin, servicesTwin } from './list-twins.ts';
import { llmsText } from './llms.ts';
import { type Block, documentText, heading } from './markdown.ts';
import { prose } from './prose.ts';
import { operationsTwin, serviceTwin } from './service-twin.ts';

/** The Markdown twin of every page (`events/order-placed.md` beside `events/order-placed.html`), and `llms.txt`. */
export function markdownTwins(site: SiteModel): readonly SiteFile[] {
  return [
    twin(sitePaths.home, homeTwin(site)),
    ...paginate(site.events, eventsOnPage).map((events, index) => {
      const path = pagedPath(sitePaths.events, index);
      return twin(path, eventsTwin(path, events));
    }),
    ...site.events.map((event) => twin(event.path, eventTwin(event))),
    twin(sitePaths.services, servicesTwin(site)),
    ...site.services.flatMap((service) => [
      twin(service.path, serviceTwin(service)),
      twin(operationsPath(service.path), operationsTwin(service)),
    ]),
    twin(sitePaths.destinations, destinationsTwin(site)),
    ...glossaryPages(site.glossary).map(([path, fields]) => twin(path, glossaryTwin(path, fields))),
    twin(sitePaths.match, matchTwin()),
    ...changesTwins(site),
    ...site.pages.map((page) => twin(pagePath(page.slug), extraTwin(site, page))),
    twin('llms.txt', llmsText(site)),
  ];
}

function twin(path: string, blocks: readonly Block[]): SiteFile {
  return { path: twinOf(path), content: documentText(blocks) };
}

function changesTwins({ changes }: SiteModel): readonly SiteFile[] {
  if (changes.length === 0) return [];
  return paginate(changes, changesOnPage).map((chunk, index) => {
    const path = pagedPath(sitePaths.changes, index);
    return twin(path, changesTwin(path, chunk));
  });
}

/** Fields as they were put on pages. At least one page. */
function glossaryPages(fields: readonly GlossaryField[]): readonly (readonly [string, readonly GlossaryField[]])[] {
  const pages = new Map<string, GlossaryField[]>([[sitePaths.glossary, []]]);
  for (const field of fields) {
    const page = pages.get(field.path) ?? [];
    pages.set(field.path, page);
    page.push(field);
  }
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

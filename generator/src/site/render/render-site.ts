import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';
import { destinationsPage } from './destinations-page.ts';
import { eventPage } from './event/event-page.ts';
import { extraPage } from './extra-page.ts';
import { glossaryPages } from './glossary-page.ts';
import { homePage } from './home.ts';
import { changesPages, eventsPages, servicesPage } from './lists.ts';
import { matchPage } from './match-page.ts';
import { notFound } from './not-found.ts';
import { servicePages } from './service-page.ts';
import { framed } from './shell.ts';
import { styleSheet } from './style-sheet.ts';

/** Spells every HTML page, the style sheet and the logo. */
export function renderSite(site: SiteModel): readonly SiteFile[] {
  const pages = [
    homePage(site),
    ...eventsPages(site),
    ...site.events.map((event) => eventPage(site, event)),
    servicesPage(site),
    ...site.services.flatMap(servicePages),
    destinationsPage(site),
    ...glossaryPages(site),
    matchPage(site),
    ...(site.changes.length === 0 ? [] : changesPages(site)),
    ...site.pages.map((page) => extraPage(site, page)),
  ];
  return [...pages.map((page) => framed(site, page)), notFound(site), styleSheet(site.accent), logo(site)];
}

/** The logo of the spec, else a mark of our own. */
function logo({ logo: own }: SiteModel): SiteFile {
  if (own !== null) return { path: `assets/logo.${own.extension}`, content: Buffer.from(own.base64, 'base64') };
  return { path: 'assets/icon.svg', content: mark };
}

/** Three threads through a loom. */
const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#3b4fc4"/><path d="M7 10h6c4 0 4 12 8 12h4M7 16h18M7 22h6c4 0 4-12 8-12h4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>
`;

import type { SiteFile } from '../site-file.ts';
import type { EventPage, SchemaRow, SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { assignScript } from './assign-script.ts';
import { plainText } from './plain-text.ts';
import type { SearchData, SearchEntry, SearchField } from './search-format.ts';
import { operationEntries } from './search-operations.ts';
import { pageEntries } from './search-pages.ts';

/** Characters that are kept of a description. Of fields there are thousands. */
const most = { entry: 240, field: 90 } as const;

/** What the search looks through: `assets/search-data.js`, a classic script that sets a global. */
export function searchData(site: SiteModel): readonly SiteFile[] {
  return [{ path: 'assets/search-data.js', content: assignScript('eventloomSearch', searched(site)) }];
}

/** Collects what can be found. Events come first, in the order of the site. */
export function searched(site: SiteModel): SearchData {
  return {
    entries: [
      ...site.events.map(eventEntry),
      ...serviceEntries(site),
      ...operationEntries(site.events),
      ...destinationEntries(site),
      ...glossaryEntries(site),
      ...pageEntries(site.pages),
      ...changeEntries(site),
    ],
    fields: site.events.flatMap((event, index) => {
      const fields = fieldsOf(event);
      return fields.length === 0 ? [] : [[index, fields] as const];
    }),
  };
}

function eventEntry(event: EventPage): SearchEntry {
  const title = event.title === event.name ? '' : event.title;
  const words = [title, event.summary ?? plainText(event.description, most.entry), ...event.tags, ...event.owners];
  return ['event', event.name, event.source, plainText(words.filter(Boolean).join(' · '), most.entry), event.path];
}

function serviceEntries({ services }: SiteModel): readonly SearchEntry[] {
  return services.map(({ name, owner, summary, description, path }) => {
    return ['service', name, owner ?? '', plainText(summary ?? description, most.entry), path];
  });
}

function destinationEntries({ destinations }: SiteModel): readonly SearchEntry[] {
  return destinations.flatMap(({ name, kind, description, anchor, channels }): readonly SearchEntry[] => {
    const addresses = channels.map(({ address }) => address).filter((address) => address !== name);
    const text = [plainText(description, most.entry), ...new Set(addresses)].filter(Boolean).join(' · ');
    return [['destination', name, kind, text, sitePaths.destinations, anchor]];
  });
}

/** A name that one event alone has is found as its field. */
function glossaryEntries({ glossary }: SiteModel): readonly SearchEntry[] {
  return glossary.flatMap(({ path, name, anchor, uses, differs }): readonly SearchEntry[] => {
    const events = new Set(uses.map(({ event }) => event.path)).size;
    if (events < 2) return [];
    const where = `in ${events} events${differs ? ', not always the same' : ''}`;
    return [['glossary', name, where, '', path, anchor]];
  });
}

function changeEntries({ changes }: SiteModel): readonly SearchEntry[] {
  return changes.map(({ version, date, event, changes: texts }) => {
    const where = date === null ? '' : date;
    return ['change', `${event.text} ${version}`, where, plainText(texts.join('\n'), most.entry), sitePaths.changes];
  });
}

function fieldsOf({ schema, headers }: EventPage): readonly SearchField[] {
  const found = new Map<string, SearchField>();
  const look = (rows: readonly SchemaRow[]): void => {
    for (const row of rows) {
      // Alternatives and elements are reached by the fields in them and around them.
      if (row.kind === 'field' && row.path !== '') found.set(row.anchor, fieldEntry(row));
      look(row.children);
    }
  };
  look([schema, ...headers]);
  return [...found.values()];
}

function fieldEntry({ anchor, path, type, unit, description }: SchemaRow): SearchField {
  const text = [unit ?? '', plainText(description, most.field)].filter(Boolean).join(' · ');
  return anchor === `field-${path}` ? [path, type, text] : [path, type, text, anchor];
}

import type { EventScript, MatchData, MatchEvent } from '../../../src/site/browser/match-format.ts';
import { element } from '../dom/element.ts';
import { siteHref, siteRoot } from '../dom/site-href.ts';
import type { Judgement } from './judge.ts';

/** An event of the spec, with what its script says. */
export interface KnownEvent {
  readonly event: MatchEvent;
  readonly script: EventScript;
}

type Row = Judgement['consumers'][number];

/** Spells a judgement: what is wrong with the payload, then who receives it, who refuses it, and all others. */
export function judgementElements(
  { valid, errors, consumers }: Judgement,
  data: MatchData,
  known: KnownEvent | null,
): readonly HTMLElement[] {
  const entries = new Map(known?.script.entries);
  const link = linker(data, known, entries);
  const near = consumers.filter(({ matched, operation }) => matched || entries.has(operation));
  const far = consumers.filter((row) => !near.includes(row));
  const sorted = [...near].sort((a, b) => Number(b.matched) - Number(a.matched));
  return [
    ...(valid ? [] : [errorList(errors)]),
    ...(sorted.length === 0 ? [] : [rowsTable(sorted, link)]),
    ...(far.length === 0 ? [] : [others(far, link, near.length === 0)]),
  ];
}

function errorList(errors: Judgement['errors']): HTMLElement {
  const items = errors.map(({ path, message }) => element('li', {}, element('code', {}, path || '/'), ` ${message}`));
  return element('ul', { class: 'match-errors' }, ...items);
}

function others(rows: readonly Row[], link: Linker, isOpen: boolean): HTMLElement {
  const count = rows.length === 1 ? 'One consumer listens' : `${rows.length} consumers listen`;
  const summary = element('summary', {}, `${count} to something else`);
  return element('details', { class: 'match-others', ...(isOpen ? { open: '' } : {}) }, summary, rowsTable(rows, link));
}

function rowsTable(rows: readonly Row[], link: Linker): HTMLElement {
  const heads = ['Received', 'Consumer', 'Service', 'Why'].map((text) => element('th', { scope: 'col' }, text));
  const head = element('thead', {}, element('tr', {}, ...heads));
  const table = element('table', { class: 'match-rows' }, head, element('tbody', {}, ...rows.map(rowOf(link))));
  return element('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Consumers' }, table);
}

function rowOf(link: Linker): (row: Row) => HTMLElement {
  return (row) => {
    const badge = element('span', { class: `badge badge-${row.matched ? 'yes' : 'no'}` }, row.matched ? 'yes' : 'no');
    return element(
      'tr',
      { class: row.matched ? 'is-matched' : 'is-unmatched' },
      element('td', {}, badge),
      element('td', {}, link(row)),
      element('td', {}, row.service),
      element('td', {}, row.reason),
    );
  };
}

type Linker = (row: Row) => Node | string;

/** To the consumer's entry on the page of the event, else to its service. */
function linker({ services }: MatchData, known: KnownEvent | null, entries: ReadonlyMap<string, string>): Linker {
  const pages = new Map(services);
  return ({ operation, service }) => {
    const anchor = entries.get(operation) ?? null;
    const path = known !== null && anchor !== null ? known.event.page : pages.get(service);
    return path === undefined ? operation : element('a', { href: siteHref(siteRoot(), path, anchor) }, operation);
  };
}

import { type Html, html } from '../html.ts';
import type { EventPage, SiteLink } from '../site-model.ts';
import { linkTo, statusBadge, table } from './parts.ts';

/** Events as rows: who sends and receives them, their version and status. */
export function eventTable(page: string, events: readonly EventPage[], label: string): Html {
  const rows = events.map(
    (event) =>
      html`<tr><th scope="row">${linkTo(page, { text: event.name, path: event.path, anchor: null })}</th><td>${event.source}</td><td>${some(
        page,
        senders(event),
      )}</td><td>${some(page, receivers(event))}</td><td>${event.version}</td><td>${
        statusBadge(event.status) ?? 'stable'
      }</td></tr>`,
  );
  return table(['Event', 'Source', 'Sent by', 'Received by', 'Version', 'Status'], rows, {
    label,
    filterable: events.length > 8,
  });
}

/** Services that send an event, each once. */
export function senders({ producers }: EventPage): readonly SiteLink[] {
  return unique(producers.map(({ service }) => service));
}

/** Services that receive an event, each once. */
export function receivers({ consumers }: EventPage): readonly SiteLink[] {
  return unique(consumers.map(({ service }) => service));
}

function unique(links: readonly SiteLink[]): readonly SiteLink[] {
  return [...new Map(links.map((link) => [link.path, link])).values()];
}

/** The first three, and how many more. */
function some(page: string, links: readonly SiteLink[]): Html {
  if (links.length === 0) return html`<span class="muted">nobody</span>`;
  const shown = links.length <= 4 ? links : links.slice(0, 3);
  const rest = links.length - shown.length;
  return html`${shown.map((link, index) => html`${index === 0 ? null : ', '}${linkTo(page, link)}`)}${
    rest === 0 ? null : ` and ${rest} more`
  }`;
}

import { type Html, html, htmlText } from '../../html.ts';
import type { ConsumerEntry, EventPage } from '../../site-model.ts';
import { operationsPath } from '../../site-paths.ts';
import { markdown } from '../markdown.ts';
import { badge, codeBlock, factList, linkList, linkTo, more, table } from '../parts.ts';
import { words } from '../words.ts';

/** How much is said of each consumer. */
type Detail = 'all' | 'filters' | 'words' | 'row';

/**
 * Who receives the event: its filter in words and as AWS gets it, which examples pass, and how it is wired. Where that
 * would take more than `most` characters, less is said of each; how a service is run is on a page of its own anyway.
 */
export function consumerCards(event: EventPage, most: number): Html {
  if (event.consumers.length === 0) return html`<p class="muted">Nobody receives it yet.</p>`;
  for (const detail of ['all', 'filters', 'words'] as const) {
    const cards = html`<div>${event.consumers.map((entry) => card(event, entry, detail))}</div>`;
    if (htmlText(cards).length <= most) return cards;
  }
  return rows(event);
}

function card(event: EventPage, entry: ConsumerEntry, detail: Detail): Html {
  const { anchor, service, operation, consumer, summary, description, delivery } = entry;
  return html`<article class="card" id="${anchor}"><div class="card-head"><h3><a class="anchor" href="#${encodeURIComponent(anchor)}">${consumer}</a></h3><span>${linkTo(event.path, service)}</span><span class="muted">${words(delivery)}</span></div>${
    summary === null ? null : html`<p>${summary}</p>`
  }${description === null ? null : html`<div class="prose">${markdown(description, { headingLevel: 4 })}</div>`}${filter(entry)}${verdicts(event, entry)}${
    entry.emits.length === 0
      ? null
      : html`<p><span class="muted">May answer with</span> ${linkList(event.path, entry.emits)}</p>`
  }${
    detail === 'words'
      ? null
      : more(
          'How it is wired',
          html`<p class="muted">Operation <code>${operation}</code></p>${compiled(entry)}${narrowed(entry)}${
            detail === 'all' ? factList(event.path, entry.facts) : running(event, entry)
          }`,
        )
  }</article>`;
}

function running({ path }: EventPage, { service }: ConsumerEntry): Html {
  const link = { text: `Running ${service.text}`, path: operationsPath(service.path), anchor: 'resources' };
  return html`<p>Queues, retries and time-outs: ${linkTo(path, link)}</p>`;
}

function rows(event: EventPage): Html {
  const spelled = event.consumers.map(
    ({ anchor, service, consumer, filter: conditions }) =>
      html`<tr id="${anchor}"><th scope="row">${consumer}</th><td>${linkTo(event.path, service)}</td><td>${
        conditions.length === 0 ? 'every one' : words(conditions.join('; '))
      }</td></tr>`,
  );
  return table(['Consumer', 'Service', 'Takes those where'], spelled, { label: 'Consumers', filterable: true });
}

function filter({ filter: conditions }: ConsumerEntry): Html {
  if (conditions.length === 0) return html`<p>Takes every one.</p>`;
  const [first = ''] = conditions;
  if (conditions.length === 1) return html`<p>Takes those where ${words(first)}.</p>`;
  return html`<div><p>Takes those where</p><ul class="conditions">${conditions.map((one) => html`<li>${words(one)}</li>`)}</ul></div>`;
}

function verdicts(event: EventPage, { filter: conditions, verdicts: all }: ConsumerEntry): Html | null {
  if (conditions.length === 0 || all.length === 0) return null;
  const entries = all.flatMap(({ matched, reason }, index) => {
    const example = event.examples[index];
    if (example === undefined) return [];
    const link = linkTo(event.path, { text: example.title, path: event.path, anchor: example.anchor });
    return [html`<li title="${reason}">${badge(matched ? 'yes' : 'no', matched ? 'yes' : 'no')} ${link}</li>`];
  });
  return html`<ul class="inline" aria-label="Which examples it takes">${entries}</ul>`;
}

function compiled({ compiled: patterns }: ConsumerEntry): Html {
  return html`${patterns.map(({ title, json }) => html`<div><p class="code-title"><strong>${title}</strong></p>${codeBlock('json', json)}</div>`)}`;
}

function narrowed({ narrowed: type }: ConsumerEntry): Html | null {
  if (type === null) return null;
  return html`<div><p class="code-title"><strong>Payload as its handler gets it</strong></p>${codeBlock('ts', type)}</div>`;
}

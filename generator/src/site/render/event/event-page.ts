import { renderDrawing } from '../../graph/render-drawing.ts';
import { type Html, html, htmlText } from '../../html.ts';
import type { EventPage, SiteLink, SiteModel } from '../../site-model.ts';
import { channelAnchor, hrefFrom, sitePaths, twinOf } from '../../site-paths.ts';
import { firstSentence } from '../first-sentence.ts';
import { inlineMarkdown, markdown } from '../markdown.ts';
import { badge, codeBlock, factList, linkList, linkTo, section } from '../parts.ts';
import { schemaTree } from '../schema-tree.ts';
import type { Page } from '../shell.ts';
import { snippetList } from '../snippets.ts';
import { words } from '../words.ts';
import { consumerCards } from './consumers.ts';
import { exampleList } from './examples.ts';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** All there is to say of one event. */
export function eventPage(site: SiteModel, event: EventPage): Page {
  const parts = partsOf(event);
  const { path } = event;
  return {
    path,
    title: event.name,
    summary: event.summary ?? firstSentence(event.description),
    menu: sitePaths.events,
    body: html`${head(event)}${parts.map(({ id, title, body }) => section(id, title, body))}`,
    parts: parts.map(({ id, title }) => ({ text: title, path, anchor: id })),
    near: { title: `From ${event.source}`, links: siblings(site, event) },
  };
}

/** A page stays below 60 KB, so long lists of consumers say less of each. */
const mostCharacters = 55_000;

function partsOf(event: EventPage): readonly Part[] {
  const others = otherParts(event);
  const taken = others.reduce((sum, { body }) => sum + htmlText(body).length, 0);
  const consumers = { id: 'consumers', title: 'Consumers', body: consumerCards(event, mostCharacters - taken) };
  const at = others.findIndex(({ id }) => id === 'producers') + 1;
  return [...others.slice(0, at), consumers, ...others.slice(at)];
}

function otherParts(event: EventPage): readonly Part[] {
  const { path } = event;
  const part = (id: string, title: string, body: Html | null): readonly Part[] =>
    body === null ? [] : [{ id, title, body }];
  return [
    ...part(
      'flow',
      'Who sends, who receives',
      event.neighbourhood.nodes.length === 0 ? null : renderDrawing(event.neighbourhood, path),
    ),
    ...part('facts', 'At a glance', factList(path, event.facts)),
    ...part('schema', 'Payload', besideExamples(event)),
    ...part('attributes', 'Message attributes', event.headers.length === 0 ? null : attributes(event)),
    ...part('producers', 'Producers', producers(event)),
    ...part('wire', 'On the wire', wire(event)),
    ...part('code', 'Use it', event.snippets.length === 0 ? null : snippetList(event.snippets)),
    ...part('changes', 'Changes', changes(event)),
  ];
}

function head(event: EventPage): Html {
  const { path } = event;
  const badges = [
    badge(event.status, event.status),
    ...(event.version === null ? [] : [badge(`version ${event.version}`, 'version')]),
    ...event.tags.map((tag) => badge(tag, 'tag')),
  ];
  const crumbs = html`<nav aria-label="Where this is"><ol class="crumbs"><li>${linkTo(path, { text: 'Events', path: sitePaths.events, anchor: null })}</li><li>${linkTo(path, { text: event.source, path: sitePaths.destinations, anchor: channelAnchor(event.channel) })}</li></ol></nav>`;
  return html`<div class="page-head">${crumbs}<div class="title-line"><h1>${event.name}</h1><ul class="badges">${badges.map(
    (one) => html`<li>${one}</li>`,
  )}</ul></div>${event.summary === null ? null : html`<p class="lead">${inlineMarkdown(event.summary)}</p>`}${
    event.owners.length === 0 ? null : html`<p class="muted">Owned by ${event.owners.join(', ')}</p>`
  }${warning(event)}${
    event.description === null
      ? null
      : html`<div class="prose">${markdown(event.description, { headingLevel: 3 })}</div>`
  }${actions(event)}</div>`;
}

function warning(event: EventPage): Html | null {
  if (event.status !== 'deprecated' && event.status !== 'retired' && event.replacedBy === null) return null;
  const sentence = event.status === 'retired' ? 'This event is no longer sent.' : 'Do not start using this event.';
  return html`<div class="callout callout-${event.status === 'stable' || event.status === 'draft' ? 'warn' : 'bad'}"><p><strong>${
    event.status === 'stable' || event.status === 'draft' ? 'There is a newer event.' : sentence
  }</strong>${event.replacedBy === null ? null : html` Use ${linkTo(event.path, event.replacedBy)} in its place.`}</p>${
    event.deprecation === null ? null : markdown(event.deprecation, { headingLevel: 4 })
  }</div>`;
}

function actions(event: EventPage): Html {
  const { path } = event;
  const match = `${hrefFrom(path, { path: sitePaths.match, anchor: null })}#event=${encodeURIComponent(event.name)}&source=${encodeURIComponent(event.source)}`;
  const file = (text: string, to: string): Html =>
    html`<a class="button" href="${hrefFrom(path, { path: to, anchor: null })}">${text}</a>`;
  const docs = event.externalDocs;
  return html`<p class="actions"><a class="button button-primary" href="${match}">Who gets my event?</a>${file('JSON Schema', event.jsonSchema)}${file(
    'Markdown',
    twinOf(path),
  )}${docs === null ? null : html`<a class="button" href="${docs.url}" rel="noopener noreferrer">${docs.text}</a>`}</p>`;
}

/** Fields, and examples beside them where there is room. */
function besideExamples(event: EventPage): Html {
  const examples = exampleList(event);
  if (examples === null) return payload(event);
  return html`<div class="beside">${payload(event)}<div class="beside-examples" id="examples">${examples}</div></div>`;
}

function payload({ schema }: EventPage): Html {
  const { children, description, type, constraints } = schema;
  const said =
    description === null ? null : html`<div class="prose">${markdown(description, { headingLevel: 3 })}</div>`;
  const shape = html`<p class="muted">${[type, ...constraints].join(', ')}</p>`;
  return html`<div id="field" class="stack">${said}${shape}${children.length === 0 ? null : schemaTree(children)}</div>`;
}

function attributes({ headers }: EventPage): Html {
  return html`<p class="muted">Beside the body, for filters of subscriptions and for whoever routes without reading the payload.</p>${schemaTree(headers)}`;
}

function producers(event: EventPage): Html {
  if (event.producers.length === 0) return html`<p class="muted">Nobody sends it yet.</p>`;
  return html`<ul class="plain stack">${event.producers.map(
    ({ service, operation, summary, ingress, outbox, kind }) =>
      html`<li>${linkTo(event.path, service)} <span class="muted">${
        kind === 'emits' ? 'in answer, from' : 'by'
      }</span> <code>${operation}</code>${ingress === null ? null : html` <span class="muted">on</span> <code>${ingress}</code>`}${
        outbox ? html` ${badge('outbox', 'tag')}` : null
      }${summary === null ? null : html`<br><span class="muted">${summary}</span>`}</li>`,
  )}</ul>`;
}

function wire(event: EventPage): Html | null {
  if (event.wireForms.length === 0) return null;
  return html`<div class="stack" data-tabs="Forms">${event.wireForms.map(
    ({ anchor, title, explanation, consumers, json }) =>
      html`<section id="${anchor}" class="stack"><h3><a class="anchor" href="#${encodeURIComponent(anchor)}">${words(title)}</a></h3><p>${words(explanation)}${
        consumers.length === 0
          ? null
          : html` <span class="muted">So gets it: ${linkList(event.path, consumers)}.</span>`
      }</p>${codeBlock('json', json)}</section>`,
  )}</div>`;
}

function changes(event: EventPage): Html | null {
  if (event.changes.length === 0) return null;
  return html`<dl class="facts">${event.changes.map(
    ({ version, date, changes: texts }) =>
      html`<dt>${version}${date === null ? null : html` <span>(${date})</span>`}</dt><dd><ul class="plain">${texts.map(
        (text) => html`<li>${inlineMarkdown(text)}</li>`,
      )}</ul></dd>`,
  )}</dl>`;
}

/** Events of the same source, as many as fit beside a page. */
function siblings(site: SiteModel, event: EventPage): readonly SiteLink[] {
  return site.events
    .filter(({ source, path }) => source === event.source && path !== event.path)
    .slice(0, 25)
    .map(({ name, path }) => ({ text: name, path, anchor: null }));
}

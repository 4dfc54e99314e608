import { renderDrawing } from '../graph/render-drawing.ts';
import { type Html, html } from '../html.ts';
import type { ServicePage } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import { firstSentence } from './home.ts';
import { inlineMarkdown, markdown } from './markdown.ts';
import { factList, linkTo, more, section, table } from './parts.ts';
import type { Page } from './shell.ts';
import { snippetList } from './snippets.ts';
import { words } from './words.ts';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** All there is to say of one service. */
export function servicePage(service: ServicePage): Page {
  const { path, name } = service;
  const parts = partsOf(service);
  return {
    path,
    title: name,
    summary: service.summary ?? firstSentence(service.description),
    menu: sitePaths.services,
    body: html`${head(service)}${parts.map(({ id, title, body }) => section(id, title, body))}`,
    parts: parts.map(({ id, title }) => ({ text: title, path, anchor: id })),
  };
}

function partsOf(service: ServicePage): readonly Part[] {
  const { path } = service;
  const part = (id: string, title: string, isEmpty: boolean, body: () => Html | null): readonly Part[] => {
    const spelled = isEmpty ? null : body();
    return spelled === null ? [] : [{ id, title, body: spelled }];
  };
  return [
    ...part('neighbours', 'Neighbours', service.neighbourhood.nodes.length === 0, () =>
      renderDrawing(service.neighbourhood, path),
    ),
    ...part('consumes', 'Receives', service.consumes.length === 0, () => consumes(service)),
    ...part('publishes', 'Sends', service.publishes.length === 0, () => publishes(service)),
    ...part('resources', 'What it is made of', service.resources.length === 0, () => resources(service)),
    ...part('alarms', 'Alarms', service.alarms.length === 0, () => alarms(service)),
    ...part('permissions', 'Permissions', service.permissions.length === 0, () => permissions(service)),
    ...part('environment', 'Environment variables', service.environment.length === 0, () =>
      factList(path, service.environment),
    ),
    ...part('code', 'Use it', service.snippets.length === 0, () => snippetList(service.snippets)),
  ];
}

function head({ path, name, summary, description, owner, links }: ServicePage): Html {
  const crumb = linkTo(path, { text: 'Services', path: sitePaths.services, anchor: null });
  return html`<div class="page-head"><nav aria-label="Where this is"><ol class="crumbs"><li>${crumb}</li></ol></nav><h1>${name}</h1>${
    summary === null ? null : html`<p class="lead">${inlineMarkdown(summary)}</p>`
  }${owner === null ? null : html`<p class="muted">Owned by ${owner}</p>`}${
    description === null ? null : html`<div class="prose">${markdown(description, { headingLevel: 3 })}</div>`
  }${
    links.length === 0
      ? null
      : html`<p class="actions">${links.map(({ text, url }) => html`<a class="button" href="${url}" rel="noopener noreferrer">${text}</a>`)}</p>`
  }</div>`;
}

function consumes({ path, consumes: entries }: ServicePage): Html {
  const rows = entries.map(
    ({ event, entry, consumer, summary, filter, delivery }) =>
      html`<tr><th scope="row">${linkTo(path, event)}</th><td>${linkTo(path, entry, consumer)}${
        summary === null ? null : html`<br><span class="muted">${summary}</span>`
      }</td><td>${
        filter.length === 0
          ? html`<span class="muted">every one</span>`
          : filter.map((condition, index) => html`${index === 0 ? null : html`<br>`}${words(condition)}`)
      }</td><td>${words(delivery)}</td></tr>`,
  );
  return table(['Event', 'Consumer', 'Takes those where', 'Delivery'], rows, {
    label: 'Events it receives',
    filterable: rows.length > 8,
  });
}

function publishes({ path, publishes: entries }: ServicePage): Html {
  const how = { operation: 'operation', emits: 'in answer, from', ingress: 'by AWS itself, for' } as const;
  const rows = entries.map(
    ({ event, by, operation, summary, destination }) =>
      html`<tr><th scope="row">${linkTo(path, event)}</th><td>${how[by]} <code>${operation}</code>${
        summary === null ? null : html`<br><span class="muted">${summary}</span>`
      }</td><td>${linkTo(path, destination)}</td></tr>`,
  );
  return table(['Event', 'How', 'To'], rows, { label: 'Events it sends', filterable: rows.length > 8 });
}

function resources({ path, resources: entries }: ServicePage): Html {
  const groups = new Map<string, (typeof entries)[number][]>();
  for (const entry of entries) groups.set(entry.belongsTo, [...(groups.get(entry.belongsTo) ?? []), entry]);
  return html`<div>${[...groups].map(
    ([belongsTo, members]) =>
      html`<article class="card"><div class="card-head"><h3>${belongsTo}</h3><span class="muted">${members.map(({ kind }) => kind).join(', ')}</span></div>${more(
        'Settings',
        members.map(
          ({ kind, name, facts }) =>
            html`<div><p class="code-title"><strong>${kind}</strong><code>${name}</code></p>${factList(path, facts)}</div>`,
        ),
      )}</article>`,
  )}</div>`;
}

function alarms({ alarms: entries }: ServicePage): Html {
  const rows = entries.map(
    ({ name, condition, meaning }) =>
      html`<tr><th scope="row">${name}</th><td>${words(condition)}</td><td>${words(meaning)}</td></tr>`,
  );
  return table(['Alarm', 'Goes off when', 'Which means'], rows, { label: 'Alarms' });
}

function permissions({ permissions: entries }: ServicePage): Html {
  const rows = entries.map(({ who, may }) => html`<tr><th scope="row">${words(who)}</th><td>${words(may)}</td></tr>`);
  return table(['Who', 'May'], rows, { label: 'Permissions' });
}

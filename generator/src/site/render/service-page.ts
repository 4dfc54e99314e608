import { renderDrawing } from '../graph/render-drawing.ts';
import { type Html, html } from '../html.ts';
import type { ServicePage, SiteLink } from '../site-model.ts';
import { operationsPath, sitePaths } from '../site-paths.ts';
import { firstSentence } from './first-sentence.ts';
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

/** What a service sends and receives, and how to write for it. How it is run stands on a page of its own. */
export function servicePages(service: ServicePage): readonly Page[] {
  const { path, name } = service;
  const own = trafficParts(service);
  const summary = service.summary ?? firstSentence(service.description);
  const page = { title: name, summary, menu: sitePaths.services, path, body: html`${head(service)}${sections(own)}` };
  const links = (at: string, parts: readonly Part[]): readonly SiteLink[] =>
    parts.map(({ id, title }) => ({ text: title, path: at, anchor: id }));
  const operations = operationsPath(path);
  const running = runningParts(service, operations);
  const near = { title: 'Running it', links: links(operations, running) };
  return [
    { ...page, parts: links(path, own), near },
    {
      path: operations,
      title: `Running ${name}`,
      summary: `Queues, functions, alarms and permissions of ${name}.`,
      menu: sitePaths.services,
      body: html`${runningHead(service, operations)}${sections(running)}`,
      parts: links(operations, running),
    },
  ];
}

function sections(parts: readonly Part[]): Html {
  return html`${parts.map(({ id, title, body }) => section(id, title, body))}`;
}

function part(id: string, title: string, entries: readonly unknown[], body: () => Html | null): readonly Part[] {
  const spelled = entries.length === 0 ? null : body();
  return spelled === null ? [] : [{ id, title, body: spelled }];
}

function trafficParts(service: ServicePage): readonly Part[] {
  const { path, neighbourhood } = service;
  return [
    ...part('neighbours', 'Neighbours', neighbourhood.nodes, () => renderDrawing(neighbourhood, path)),
    ...part('consumes', 'Receives', service.consumes, () => consumes(service)),
    ...part('publishes', 'Sends', service.publishes, () => publishes(service)),
    ...part('code', 'Use it', service.snippets, () => snippetList(service.snippets)),
  ];
}

function runningParts(service: ServicePage, path: string): readonly Part[] {
  return [
    ...part('resources', 'What it is made of', service.resources, () => resources(service, path)),
    ...part('alarms', 'Alarms', service.alarms, () => alarms(service)),
    ...part('permissions', 'Permissions', service.permissions, () => permissions(service)),
    ...part('environment', 'Environment variables', service.environment, () => factList(path, service.environment)),
  ];
}

function head({ path, name, summary, description, owner, links }: ServicePage): Html {
  const crumb = linkTo(path, { text: 'Services', path: sitePaths.services, anchor: null });
  const running = linkTo(path, { text: 'How it is run', path: operationsPath(path), anchor: null });
  return html`<div class="page-head"><nav aria-label="Where this is"><ol class="crumbs"><li>${crumb}</li></ol></nav><h1>${name}</h1>${
    summary === null ? null : html`<p class="lead">${inlineMarkdown(summary)}</p>`
  }${owner === null ? null : html`<p class="muted">Owned by ${owner}</p>`}${
    description === null ? null : html`<div class="prose">${markdown(description, { headingLevel: 3 })}</div>`
  }<ul class="inline"><li>${running}</li>${links.map(
    ({ text, url }) => html`<li><a href="${url}" rel="noopener noreferrer">${text}</a></li>`,
  )}</ul></div>`;
}

function runningHead({ path, name }: ServicePage, operations: string): Html {
  const crumbs = [
    linkTo(operations, { text: 'Services', path: sitePaths.services, anchor: null }),
    linkTo(operations, { text: name, path, anchor: null }),
  ];
  return html`<div class="page-head"><nav aria-label="Where this is"><ol class="crumbs">${crumbs.map((crumb) => html`<li>${crumb}</li>`)}</ol></nav><h1>Running ${name}</h1><p class="lead">What its stack makes, what is watched, and who may do what.</p></div>`;
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

function resources({ resources: entries }: ServicePage, path: string): Html {
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
  return table(['Alarm', 'Goes off when', 'Which means'], rows, { label: 'Alarms', filterable: rows.length > 8 });
}

/** One row for each who. */
function permissions({ permissions: entries }: ServicePage): Html {
  const rights = new Map<string, string[]>();
  for (const { who, may } of entries) rights.set(who, [...(rights.get(who) ?? []), may]);
  const rows = [...rights].map(
    ([who, all]) =>
      html`<tr><th scope="row">${words(who)}</th><td><ul class="plain">${all.map((may) => html`<li>${words(may)}</li>`)}</ul></td></tr>`,
  );
  return table(['Who', 'May'], rows, { label: 'Permissions', filterable: rows.length > 8 });
}

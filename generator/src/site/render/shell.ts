import { type Html, type HtmlPart, html, htmlText } from '../html.ts';
import type { SiteFile } from '../site-file.ts';
import type { SiteLink, SiteModel } from '../site-model.ts';
import { hrefFrom, pagePath, sitePaths, twinOf } from '../site-paths.ts';
import { linkTo } from './parts.ts';

/** A page before its frame. */
export interface Page {
  readonly path: string;
  /** Title of the window, before that of the site. */
  readonly title: string;
  /** One plain sentence for whoever lists the page. */
  readonly summary: string | null;
  /** Which entry of the menu it belongs to: its path; null for none. */
  readonly menu: string | null;
  readonly body: Html;
  /** Parts of the page, for the list beside it. Empty: there is no list. */
  readonly parts?: readonly SiteLink[];
  /** Places near the page, below its parts, with what they are. */
  readonly near?: { readonly title: string; readonly links: readonly SiteLink[] };
  /** Scripts of its own, by name below `assets/`. */
  readonly scripts?: readonly string[];
}

/**
 * What a page may load: the files of the site and nothing else. A page from `file://` is no origin of its own, so the
 * scheme is named beside `'self'`.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file:",
  "img-src 'self' data: file:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts a page into its frame. */
export function framed(site: SiteModel, page: Page): SiteFile {
  const asset = (name: string): string => hrefFrom(page.path, { path: `assets/${name}`, anchor: null });
  const document = html`<!DOCTYPE html>
<html lang="en" data-root="${hrefFrom(page.path, { path: '', anchor: null })}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Eventloom">
${page.summary === null ? null : html`<meta name="description" content="${page.summary}">`}
<title>${page.title === site.title ? site.title : `${page.title} · ${site.title}`}</title>
<link rel="stylesheet" href="${asset('site.css')}">
<link rel="icon" href="${asset(site.logo === null ? 'icon.svg' : `logo.${site.logo.extension}`)}">
<link rel="alternate" type="text/markdown" href="${hrefFrom(page.path, { path: twinOf(page.path), anchor: null })}">
<script src="${asset('theme.js')}"></script>
<script src="${asset('site.js')}" defer></script>
${(page.scripts ?? []).map((name) => html`<script src="${asset(name)}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${header(site, page)}
${columns(page)}
${footer(site, page)}
</body>
</html>
`;
  return { path: page.path, content: htmlText(document) };
}

function header(site: SiteModel, page: Page): Html {
  const logo = hrefFrom(page.path, { path: `assets/logo.${site.logo?.extension}`, anchor: null });
  const home = hrefFrom(page.path, { path: sitePaths.home, anchor: null });
  const entries = menuOf(site).map((link) => {
    const current = link.path === page.menu ? html` aria-current="${page.path === page.menu ? 'page' : 'true'}"` : null;
    return html`<li><a href="${hrefFrom(page.path, link)}"${current}>${link.text}</a></li>`;
  });
  const links = site.links.map(
    ({ text, url }) => html`<li><a href="${url}" rel="noopener noreferrer">${text}</a></li>`,
  );
  return html`<header class="site-header"><div class="bar">
<a class="brand" href="${home}">${site.logo === null ? null : html`<img src="${logo}" alt="">`}<span>${site.title}</span></a>
<nav class="menu" aria-label="Site"><ul>${entries}${links}</ul></nav>
<div class="tools"><button class="search-open" type="button" hidden>Search <kbd>/</kbd></button><button class="theme-toggle" type="button" hidden></button></div>
</div></header>`;
}

function menuOf(site: SiteModel): readonly SiteLink[] {
  const entry = (text: string, path: string): SiteLink => ({ text, path, anchor: null });
  return [
    entry('Events', sitePaths.events),
    entry('Services', sitePaths.services),
    entry('Destinations', sitePaths.destinations),
    entry('Fields', sitePaths.glossary),
    entry('Does it match?', sitePaths.match),
    ...(site.changes.length === 0 ? [] : [entry('Changes', sitePaths.changes)]),
    ...site.pages.map(({ title, slug }) => entry(title, pagePath(slug))),
  ];
}

function columns({ path, body, parts = [], near }: Page): Html {
  const main = html`<main id="main" tabindex="-1">${body}</main>`;
  if (parts.length === 0 && near === undefined) return html`<div class="columns">${main}</div>`;
  const list = (title: string, links: readonly SiteLink[]): HtmlPart =>
    links.length === 0
      ? null
      : html`<h2>${title}</h2><ul>${links.map((link) => html`<li>${linkTo(path, link)}</li>`)}</ul>`;
  return html`<div class="columns with-toc"><nav class="toc" aria-label="On this page">${list('On this page', parts)}${
    near === undefined ? null : list(near.title, near.links)
  }</nav>${main}</div>`;
}

function footer(site: SiteModel, page: Page): Html {
  const file = (text: string, path: string): Html => html`<li>${linkTo(page.path, { text, path, anchor: null })}</li>`;
  return html`<footer class="site-footer"><div class="bar"><p>${site.title} ${site.version}, from <code>${site.specFile}</code> by Eventloom</p>
<ul>${file('This page as Markdown', twinOf(page.path))}${file('AsyncAPI document', 'asyncapi.json')}${file('llms.txt', 'llms.txt')}</ul></div></footer>`;
}

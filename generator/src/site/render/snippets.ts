import { type Html, html } from '../html.ts';
import type { Snippet } from '../site-model.ts';
import { codeBlock } from './parts.ts';
import { words } from './words.ts';

/** Code to start with, each with the file it belongs into. */
export function snippetList(snippets: readonly Snippet[]): Html {
  return html`<div data-tabs="Code">${snippets.map(
    ({ anchor, title, language, file, code }) =>
      html`<section id="${anchor}" data-tab="${title.replaceAll('`', '')}"><h3 class="code-title"><strong>${words(title)}</strong>${
        file === null ? null : html`<code>${file}</code>`
      }</h3>${codeBlock(language, code)}</section>`,
  )}</div>`;
}

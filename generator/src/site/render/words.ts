import { type Html, html } from '../html.ts';
import { remembered } from '../remembered.ts';
import type { Words } from '../site-model.ts';

/** Spells a line of plain text; what stands between backticks is code. */
export const words: (text: Words) => Html = remembered((text) => {
  if (!text.includes('`')) return html`${text}`;
  const parts = text.split('`');
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : part === '' ? null : html`<code>${part}</code>`))}`;
});

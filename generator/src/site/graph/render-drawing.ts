import { type Html, html } from '../html.ts';
import type { Drawing } from '../site-model.ts';

/** Spells a drawing as an accessible SVG; links are relative to `page`. */
export function renderDrawing(_drawing: Drawing, _page: string): Html {
  return html``;
}

import { attribute, type Html, html, htmlText } from '../html.ts';
import type { Drawing, DrawnEdge, DrawnNode } from '../site-model.ts';
import { hrefFrom } from '../site-paths.ts';
import { edgePath } from './edge-path.ts';
import { cornersOf, glyphs, kindWords } from './glyphs.ts';
import { labelWidth } from './sketch.ts';

/** Drawings between these widths, in pixels, become smaller where that shows them whole; others scroll. */
const fits = { from: 1120, to: 1560 };

/** Lines beyond which they are drawn finer. */
const dense = 60;

/**
 * Spells a drawing as an accessible SVG in a figure; links are relative to `page`. A page has one drawing. Nothing for a
 * drawing without nodes.
 */
export function renderDrawing(drawing: Drawing, page: string): Html {
  const { width, height, label, nodes, edges, note } = drawing;
  if (nodes.length === 0) return html``;
  const kinds = kindsOf(nodes);
  const classes = [
    'graph',
    ...(width > fits.from && width <= fits.to ? ['graph-fits'] : []),
    ...(edges.length > dense ? ['graph-dense'] : []),
  ].join(' ');
  return html`<figure class="drawing"><div class="drawing-scroll" tabindex="0" role="region" aria-label="Drawing: ${label}"><svg class="${classes}" role="group" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><marker id="drawing-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0.5L8 4L0 7.5z"/></marker>${kinds.map((kind) => html`<path id="drawing-${kind}" d="${glyphs[kind]}"/>`)}</defs><g class="edges" marker-end="url(#drawing-arrow)">${edges.map(renderEdge)}</g>${edges.map(renderLabel)}${nodes.map((node) => renderNode(node, page))}</svg></div><figcaption>${renderLegend(kinds, edges)}${note === null ? null : html`<p class="drawing-note">${note}</p>`}</figcaption></figure>`;
}

/** Bytes of a drawing on its page, in UTF-8. */
export function drawingBytes(drawing: Drawing): number {
  return Buffer.byteLength(htmlText(renderDrawing(drawing, 'index.html')));
}

const order: readonly DrawnNode['kind'][] = ['service', 'event', 'bus', 'topic', 'queue', 'target', 'group'];

function kindsOf(nodes: readonly DrawnNode[]): readonly DrawnNode['kind'][] {
  const present = new Set(nodes.map(({ kind }) => kind));
  return order.filter((kind) => present.has(kind));
}

function renderEdge({ from, to, kind, points, title }: DrawnEdge): Html {
  return html`<g class="edge edge-${kind}" data-from="${from}" data-to="${to}"><title>${title}</title><path d="${edgePath(points)}"/></g>`;
}

/** Labels stand above all lines. */
function renderLabel({ from, to, label, title }: DrawnEdge): Html {
  if (label === null) return html``;
  const width = labelWidth(label.text);
  return html`<g class="edge edge-label" data-from="${from}" data-to="${to}"><title>${title}</title><rect x="${label.x - Math.floor(width / 2)}" y="${label.y - 9}" width="${width}" height="18" rx="9"/><text x="${label.x}" y="${label.y + 4}">${label.text}</text></g>`;
}

function renderNode(node: DrawnNode, page: string): Html {
  const { id, kind, label, detail, link, x, y, width, height } = node;
  const classes = `node node-${kind}${node.isFocus ? ' is-focus' : ''}${node.isFaint ? ' is-faint' : ''}`;
  const middle = y + height / 2;
  const name = [kindWords[kind], node.title ?? label, ...(detail === null ? [] : [`(${detail})`])].join(' ');
  const lines =
    detail === null
      ? html`<text x="${x + 32}" y="${middle + 4.5}">${label}</text>`
      : html`<text x="${x + 32}" y="${middle - 3}">${label}</text><text class="detail" x="${x + 32}" y="${middle + 13}">${detail}</text>`;
  return html`<a class="${classes}" data-node="${id}" href="${hrefFrom(page, link)}"${attribute('aria-current', node.isFocus && link.path === page && 'page')}><title>${name}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${cornersOf(node)}"/><use href="#drawing-${kind}" x="${x + 11}" y="${middle - 7}"/>${lines}</a>`;
}

/** What kinds of lines say, from where they start. */
const lineWords: Readonly<Record<DrawnEdge['kind'], string>> = {
  sends: 'sends',
  carries: 'goes through',
  delivers: 'is received by',
};

/** Says in words what shapes and lines are. */
function renderLegend(kinds: readonly DrawnNode['kind'][], edges: readonly DrawnEdge[]): Html {
  const present = new Set(edges.map(({ kind }) => kind));
  const lines = (['sends', 'carries', 'delivers'] as const).filter((kind) => present.has(kind));
  const named = kinds.filter((kind) => kind !== 'group');
  return html`<ul class="drawing-legend" aria-label="Legend">${named.map(renderKind)}${lines.map((kind) => renderLine(kind, kinds.includes('event') ? lineWords[kind] : 'sends events to'))}</ul>`;
}

function renderKind(kind: DrawnNode['kind']): Html {
  return html`<li class="legend-${kind}"><svg class="glyph" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="${glyphs[kind]}"/></svg>${kindWords[kind]}</li>`;
}

function renderLine(kind: DrawnEdge['kind'], words: string): Html {
  return html`<li><svg class="edge edge-${kind}" width="30" height="8" viewBox="0 0 30 8" aria-hidden="true"><path d="M0 4H30"/></svg>${words}</li>`;
}

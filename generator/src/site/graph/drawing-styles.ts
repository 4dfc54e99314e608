/** How drawings look: CSS over the custom properties of the site. Colours are never the only difference. */
export const drawingStyles = `.drawing { margin: 1.5rem 0; }
.drawing-scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--bg-raised); }
.drawing-scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.graph { display: block; margin-inline: auto; font-family: var(--font-text); font-size: 13px; color: var(--fg); }
.graph text { fill: currentColor; unicode-bidi: isolate; }
.node { --ink: var(--fg-muted); --soft: var(--bg-sunken); text-decoration: none; cursor: pointer; }
.node-service, .legend-service { --ink: var(--service); --soft: var(--service-soft); }
.node-event, .legend-event { --ink: var(--event); --soft: var(--event-soft); }
.node-bus, .legend-bus { --ink: var(--bus); --soft: var(--bus-soft); }
.node-topic, .legend-topic { --ink: var(--topic); --soft: var(--topic-soft); }
.node-queue, .legend-queue { --ink: var(--queue); --soft: var(--queue-soft); }
.node-target, .legend-target { --ink: var(--target); --soft: var(--target-soft); }
.node rect { fill: var(--soft); stroke: var(--ink); stroke-width: 1; }
.node use, .glyph path { fill: none; stroke: var(--ink); stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
.node text { fill: var(--fg); font-weight: 500; }
.node .detail { fill: var(--fg-muted); font-size: 11px; font-weight: 400; }
.node-group rect { stroke-dasharray: 4 3; }
.node.is-focus rect { stroke-width: 2.5; }
.node.is-faint rect { fill: var(--bg-raised); stroke-dasharray: 4 3; }
.node.is-faint text { font-weight: 400; fill: var(--fg-muted); }
.node:hover rect { stroke-width: 2; }
.node:focus { outline: none; }
.node:focus-visible rect { stroke: var(--accent); stroke-width: 3; }
.node:hover text:not(.detail), .node:focus-visible text:not(.detail) { text-decoration: underline; text-underline-offset: 3px; }
.edge path { fill: none; stroke: var(--line-strong); stroke-width: 1.4; }
.edge-carries path { stroke-width: 2; }
.edge-sends path { stroke-dasharray: 5 3; }
.graph-dense .edge path { stroke-width: 1; }
.graph-dense .edge { opacity: 0.75; }
.graph .edge:hover path, .graph .edge.is-lit path { stroke: var(--accent); stroke-width: 2; }
.graph marker path { fill: var(--line-strong); fill: context-stroke; stroke: none; }
.edge-label rect { fill: var(--bg-raised); stroke: var(--line); }
.edge-label text { fill: var(--fg); font-size: 11px; text-anchor: middle; }
.node, .edge { transition: opacity 0.12s ease-out; }
.graph .is-dim { opacity: 0.18; }
.drawing figcaption { margin-top: 0.6rem; color: var(--fg-muted); font-size: 0.8125rem; }
.drawing-legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; margin: 0; padding: 0; list-style: none; }
.drawing-legend li { display: inline-flex; align-items: center; gap: 0.4rem; margin: 0; }
.drawing-note { margin: 0.35rem 0 0; }
@media (min-width: 64rem) {
  .graph-fits { max-width: 100%; min-width: 1120px; height: auto; }
}
@media (prefers-reduced-motion: reduce) {
  .node, .edge { transition: none; }
}
@media (forced-colors: active) {
  .node rect, .node.is-faint rect { fill: Canvas; stroke: LinkText; }
  .node use { stroke: LinkText; }
  .node text, .node .detail { fill: LinkText; }
  .edge path { stroke: CanvasText; }
  .graph marker path { fill: CanvasText; }
  .edge-label rect { fill: Canvas; stroke: CanvasText; }
  .edge-label text { fill: CanvasText; }
  .glyph path { stroke: CanvasText; }
  .node:focus-visible rect { stroke: Highlight; }
  .graph .is-dim { opacity: 0.5; }
}
@media print {
  .drawing { break-inside: avoid; }
  .drawing-scroll { overflow: visible; border: 0; }
  .graph { max-width: 100%; height: auto; }
}
`;

/** An edge, by the nodes at its ends. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Returns a node and those that an edge joins it to. */
export function neighboursOf(node: string, edges: readonly Ends[]): ReadonlySet<string> {
  const near = new Set([node]);
  for (const { from, to } of edges) {
    if (from === node) near.add(to);
    if (to === node) near.add(from);
  }
  return near;
}

/** While a node is pointed at or focused, lights it with its edges and neighbours, and dims all else. */
export function startLights(graph: SVGSVGElement): void {
  const nodes = [...graph.querySelectorAll<SVGElement>('.node[data-node]')];
  const edges = [...graph.querySelectorAll<SVGElement>('.edge[data-from][data-to]')].map((shape) => ({
    shape,
    from: shape.dataset.from ?? '',
    to: shape.dataset.to ?? '',
  }));
  const light = (node: string | null): void => {
    const near = node === null ? null : neighboursOf(node, edges);
    for (const shape of nodes) mark(shape, near === null ? null : near.has(shape.dataset.node ?? ''));
    for (const { shape, from, to } of edges) mark(shape, node === null ? null : from === node || to === node);
  };
  const over = ({ target }: Event): void => light(nodeOf(target));
  const out = ({ relatedTarget }: MouseEvent | FocusEvent): void => {
    if (nodeOf(relatedTarget) === null) light(nodeOf(document.activeElement));
  };
  graph.addEventListener('pointerover', over);
  graph.addEventListener('focusin', over);
  graph.addEventListener('pointerout', out);
  graph.addEventListener('focusout', out);
}

function nodeOf(target: EventTarget | null): string | null {
  const node = target instanceof Element ? target.closest<SVGElement>('.node[data-node]') : null;
  return node?.dataset.node ?? null;
}

function mark(shape: SVGElement, isLit: boolean | null): void {
  shape.classList.toggle('is-lit', isLit === true);
  shape.classList.toggle('is-dim', isLit === false);
}

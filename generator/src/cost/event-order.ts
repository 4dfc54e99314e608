/** Events, and what follows from each. */
export interface EventGraph {
  /** In the order in which they are looked at. */
  readonly nodes: readonly string[];
  readonly next: (node: string) => readonly { readonly id: string; readonly to: string }[];
}

/** An order in which every event comes after all that it follows from, once some edges are left out. */
export interface EventOrder {
  readonly order: readonly string[];
  /** Ids of the edges left out: those that lead back to where they come from. */
  readonly back: ReadonlySet<string>;
}

/** Sorts events by what follows from what. Without recursion, since a chain may be long. */
export function orderOf({ nodes, next }: EventGraph): EventOrder {
  const state = new Map<string, 'open' | 'done'>();
  const finished: string[] = [];
  const back = new Set<string>();
  for (const start of nodes) {
    if (state.has(start)) continue;
    const stack = [{ node: start, edges: [...next(start)] }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.edges.shift();
      if (edge === undefined) {
        state.set(top.node, 'done');
        finished.push(top.node);
        stack.pop();
      } else if (state.get(edge.to) === 'open') {
        back.add(edge.id);
      } else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        stack.push({ node: edge.to, edges: [...next(edge.to)] });
      }
    }
  }
  return { order: finished.reverse(), back };
}

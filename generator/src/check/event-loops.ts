/** A step of a graph. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Loops told of one tangle at most: who breaks them sees the others. */
const maximumLoops = 5;

/**
 * Finds loops: the shortest through each edge that leads back to where it comes from, unless it is part of one found
 * already. In the order of the edges; each starts with the edge it was found by.
 */
export function loopsOf<E extends Edge>(edges: readonly E[]): readonly (readonly E[])[] {
  const outgoing = groupByFrom(edges);
  const component = componentsOf(outgoing);
  const inside = edges.filter(({ from, to }) => component.get(from) === component.get(to));
  const insideFrom = groupByFrom(inside);
  const covered = new Set<E>();
  const told = new Map<number, number>();
  return inside.flatMap((edge): (readonly E[])[] => {
    const id = component.get(edge.from) ?? 0;
    const count = told.get(id) ?? 0;
    if (covered.has(edge) || count >= maximumLoops) return [];
    const loop = [edge, ...shortestPath(edge.to, edge.from, insideFrom)];
    for (const step of loop) covered.add(step);
    told.set(id, count + 1);
    return [loop];
  });
}

function groupByFrom<E extends Edge>(edges: readonly E[]): ReadonlyMap<string, readonly E[]> {
  const groups = new Map<string, E[]>();
  for (const edge of edges) groups.set(edge.from, [...(groups.get(edge.from) ?? []), edge]);
  return groups;
}

/** Nothing when both are one. There is a path, since both are in one component. */
function shortestPath<E extends Edge>(
  start: string,
  end: string,
  outgoing: ReadonlyMap<string, readonly E[]>,
): readonly E[] {
  const reached = new Map<string, E | null>([[start, null]]);
  for (const node of reached.keys()) {
    if (node === end) break;
    for (const edge of outgoing.get(node) ?? []) if (!reached.has(edge.to)) reached.set(edge.to, edge);
  }
  const path: E[] = [];
  for (let edge = reached.get(end); edge !== undefined && edge !== null; edge = reached.get(edge.from))
    path.unshift(edge);
  return path;
}

interface Visit {
  readonly node: string;
  readonly next: readonly string[];
  position: number;
}

/**
 * Numbers the strongly connected components: two nodes have one number when each leads to the other. Tarjan's algorithm,
 * without recursion, since a chain of events may be long.
 */
function componentsOf(outgoing: ReadonlyMap<string, readonly Edge[]>): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const waiting: string[] = [];
  const lower = (node: string, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));
  const open = (node: string): Visit => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    waiting.push(node);
    return { node, next: (outgoing.get(node) ?? []).map(({ to }) => to), position: 0 };
  };
  for (const start of outgoing.keys()) {
    if (index.has(start)) continue;
    const stack = [open(start)];
    for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
      const to = visit.next[visit.position++];
      if (to !== undefined) {
        if (!index.has(to)) stack.push(open(to));
        else if (!component.has(to)) lower(visit.node, index.get(to) ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) lower(parent.node, low.get(visit.node) ?? 0);
      if (low.get(visit.node) === index.get(visit.node)) close(visit.node, waiting, component);
    }
  }
  return component;
}

/** Everything opened since a node is in one component with it. */
function close(node: string, waiting: string[], component: Map<string, number>): void {
  const number = component.size;
  for (let last = waiting.pop(); last !== undefined; last = waiting.pop()) {
    component.set(last, number);
    if (last === node) return;
  }
}

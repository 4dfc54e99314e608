import dagre from '@dagrejs/dagre';
import { type Box, type Laid, type PlacedLine, type Point, place } from './placed.ts';
import { boxOf, type Sketch, type SketchLine } from './sketch.ts';

/** How far a line and the one that leads back stand apart. */
const pairGap = 5;

/** Lays a sketch out along its lines, left to right, a node only once even where lines lead in circles. */
export function layoutFlow(sketch: Sketch): Laid {
  const graph = new dagre.graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 8, ranksep: 56 });
  for (const node of sketch.nodes) {
    const { width, height } = boxOf(node);
    graph.setNode(node.key, { width, height });
  }
  for (const { from, to } of sketch.lines) graph.setEdge(from, to, {});
  dagre.layout(graph);
  const boxes = new Map(
    sketch.nodes.map(({ key }): [string, Box] => {
      const { x, y, width, height } = graph.node(key);
      return [key, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
  const ranks = ranksOf([...boxes.values()]);
  const lines = sketch.lines.map((line) =>
    lineOf(line, { boxes, ranks, bends: graph.edge(line.from, line.to).points ?? [] }),
  );
  return place(sketch, boxes, lines);
}

/** From where to where a column of boxes with one middle reaches. */
interface Rank {
  readonly left: number;
  readonly right: number;
}

function ranksOf(boxes: readonly Box[]): ReadonlyMap<number, Rank> {
  const ranks = new Map<number, Rank>();
  for (const { x, width } of boxes) {
    const middle = Math.round(x + width / 2);
    const { left, right } = ranks.get(middle) ?? { left: x, right: x + width };
    ranks.set(middle, { left: Math.min(left, x), right: Math.max(right, x + width) });
  }
  return ranks;
}

interface Places {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly ranks: ReadonlyMap<number, Rank>;
  readonly bends: readonly Point[];
}

/** From side to side and level past the boxes between; a line that leads back leaves on the left. */
function lineOf(line: SketchLine, { boxes, ranks, bends }: Places): PlacedLine {
  const from = boxes.get(line.from) ?? nowhere;
  const to = boxes.get(line.to) ?? nowhere;
  const isForward = from.x + from.width / 2 <= to.x + to.width / 2;
  const shift = isForward ? -pairGap : pairGap;
  const passed = bends.slice(1, -1).flatMap(({ x, y }): readonly Point[] => {
    const rank = ranks.get(Math.round(x));
    if (rank === undefined) return [];
    return [isForward ? rank.left : rank.right, isForward ? rank.right : rank.left].map((edge) => ({ x: edge, y }));
  });
  const start = { x: isForward ? from.x + from.width : from.x, y: from.y + from.height / 2 + shift };
  const end = { x: isForward ? to.x : to.x + to.width, y: to.y + to.height / 2 + shift };
  return { line, points: [start, ...passed, end], label: null };
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

import { sortBy } from '../../model/order.ts';
import type { Box } from './placed.ts';
import { boxOf, type Sketch, type SketchLine, type SketchNode } from './sketch.ts';

/** Room between the ends of two lines at a bus or topic. */
const portGap = 12;

/** Buses and topics do not grow beyond this, in pixels. */
const highestHub = 420;

/** How large boxes are: buses and topics grow with the lines that they gather and spread. */
export function sizesOf(
  nodes: readonly SketchNode[],
  lines: readonly SketchLine[],
): ReadonlyMap<string, Pick<Box, 'width' | 'height'>> {
  const [outgoing, incoming] = [countBy(lines, 'from'), countBy(lines, 'to')];
  return new Map(
    nodes.map((node) => {
      const { width, height } = boxOf(node);
      const most = Math.max(outgoing.get(node.key) ?? 0, incoming.get(node.key) ?? 0);
      return [
        node.key,
        { width, height: isHub(node) ? Math.max(height, Math.min(highestHub, (most + 1) * portGap)) : height },
      ];
    }),
  );
}

function countBy(lines: readonly SketchLine[], end: 'from' | 'to'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line[end], (counts.get(line[end]) ?? 0) + 1);
  return counts;
}

function isHub({ kind }: SketchNode): boolean {
  return kind === 'bus' || kind === 'topic';
}

/** Where lines leave and arrive, from the top of the drawing. */
export interface Ports {
  readonly start: (line: SketchLine) => number;
  readonly end: (line: SketchLine) => number;
}

/** Spreads the ends of lines over buses and topics, in the order of where they lead; elsewhere they meet in the middle. */
export function portsOf({ nodes, lines }: Sketch, boxes: ReadonlyMap<string, Box>): Ports {
  const hubs = new Set(nodes.filter(isHub).map(({ key }) => key));
  const starts = spread(lines, { end: 'from', other: 'to', hubs, boxes });
  const ends = spread(lines, { end: 'to', other: 'from', hubs, boxes });
  return {
    start: (line) => starts.get(line) ?? middleOf(boxes.get(line.from)),
    end: (line) => ends.get(line) ?? middleOf(boxes.get(line.to)),
  };
}

interface Side {
  readonly end: 'from' | 'to';
  readonly other: 'from' | 'to';
  readonly hubs: ReadonlySet<string>;
  readonly boxes: ReadonlyMap<string, Box>;
}

function spread(lines: readonly SketchLine[], { end, other, hubs, boxes }: Side): ReadonlyMap<SketchLine, number> {
  const places = new Map<SketchLine, number>();
  for (const hub of hubs) {
    const box = boxes.get(hub);
    if (box === undefined) continue;
    const ends = lines.filter((line) => line[end] === hub);
    const sorted = sortBy(ends, (line) => line[other]).sort(
      (a, b) => middleOf(boxes.get(a[other])) - middleOf(boxes.get(b[other])),
    );
    const gap = Math.min(portGap, box.height / (sorted.length + 1));
    for (const [index, line] of sorted.entries()) {
      places.set(line, middleOf(box) + (index - (sorted.length - 1) / 2) * gap);
    }
  }
  return places;
}

function middleOf(box: Box | undefined): number {
  return box === undefined ? 0 : box.y + box.height / 2;
}

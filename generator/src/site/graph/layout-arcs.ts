import { arrangeRing, type Tie } from './arrange-ring.ts';
import { type Box, type Laid, type PlacedLine, type Point, place } from './placed.ts';
import { boxOf, type Sketch, type SketchLine } from './sketch.ts';

/** Room between two boxes of an arc, and between the arcs at their ends. */
const room = { row: 12, middle: 420 } as const;

/** How far an arc curves away from the middle, as a part of its height. */
const bow = 0.16;

/** Lays a sketch out on two arcs that face each other, so that all lines run between them; nodes with many lines in common stand close. */
export function layoutArcs(sketch: Sketch): Laid {
  const ties: readonly Tie[] = sketch.lines.map(({ from, to }) => [from, to]);
  const ring = arrangeRing(
    sketch.nodes.map(({ key }) => key),
    ties,
  );
  const half = Math.ceil(ring.length / 2);
  const sizes = new Map(sketch.nodes.map((node) => [node.key, boxOf(node)]));
  const width = Math.max(...[...sizes.values()].map((size) => size.width));
  const height = Math.max(...[...sizes.values()].map((size) => size.height));
  const boxes = new Map([
    ...arcOf(ring.slice(0, half), { width, height, isLeft: true }),
    ...arcOf(ring.slice(half).reverse(), { width, height, isLeft: false }),
  ]);
  const left = new Set(ring.slice(0, half));
  return place(
    sketch,
    boxes,
    sketch.lines.map((line) => lineOf(line, boxes, left)),
  );
}

interface Arc {
  readonly width: number;
  readonly height: number;
  readonly isLeft: boolean;
}

function arcOf(keys: readonly string[], { width, height, isLeft }: Arc): readonly (readonly [string, Box])[] {
  const step = height + room.row;
  const radius = (keys.length * step) / 2;
  return keys.map((key, index) => {
    const y = (index + 0.5) * step - radius;
    const out = bow * Math.sqrt(Math.max(0, radius * radius - y * y)) * 2;
    const x = isLeft ? -room.middle / 2 - out - width : room.middle / 2 + out;
    return [key, { x, y: y - height / 2, width, height }];
  });
}

function lineOf(line: SketchLine, boxes: ReadonlyMap<string, Box>, left: ReadonlySet<string>): PlacedLine {
  const start = innerSide(boxes.get(line.from), left.has(line.from));
  const end = innerSide(boxes.get(line.to), left.has(line.to));
  if (left.has(line.from) !== left.has(line.to)) return { line, points: [start, end], label: null };
  const reach = 40 + Math.abs(end.y - start.y) * 0.25;
  const outermost = left.has(line.from) ? Math.max(start.x, end.x) + reach : Math.min(start.x, end.x) - reach;
  return { line, points: [start, { x: outermost, y: (start.y + end.y) / 2 }, end], label: null };
}

function innerSide(box: Box | undefined, isLeft: boolean): Point {
  return box === undefined ? { x: 0, y: 0 } : { x: isLeft ? box.x + box.width : box.x, y: box.y + box.height / 2 };
}

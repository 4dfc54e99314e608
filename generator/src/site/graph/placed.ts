import type { DrawnEdge, DrawnNode } from '../site-model.ts';
import { boxOf, type Sketch, type SketchLine, sizes } from './sketch.ts';
import { cutEnd, cutMiddle } from './text-width.ts';

/** Characters of a tooltip at most. */
const longestTitle = 160;

/** Where a node is: its corner at the top left, and its size. */
export type Box = Pick<DrawnNode, 'x' | 'y' | 'width' | 'height'>;

/** A point of a line. */
export type Point = DrawnEdge['points'][number];

/** A line with its way. */
export interface PlacedLine {
  readonly line: SketchLine;
  readonly points: readonly Point[];
  readonly label: DrawnEdge['label'];
}

/** What a layout makes of a sketch. */
export interface Laid {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/**
 * Makes a drawing of boxes by the key of their nodes: moved so that everything is inside with a margin, on whole pixels,
 * nodes numbered left to right and top to bottom.
 */
export function place(sketch: Sketch, boxes: ReadonlyMap<string, Box>, lines: readonly PlacedLine[]): Laid {
  const { move, width, height } = frameOf([...boxes.values()], lines);
  const placed = sketch.nodes.map((node) => {
    const box = boxes.get(node.key) ?? { x: 0, y: 0, width: 0, height: 0 };
    return { node, box: { ...box, ...move(box), width: Math.round(box.width), height: Math.round(box.height) } };
  });
  placed.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
  const ids = new Map(placed.map(({ node }, index) => [node.key, `n${index + 1}`]));
  const nodes = placed.map(({ node, box }) => {
    const { kind, link, isFocus = false, isFaint } = node;
    const { label, detail } = boxOf(node);
    const id = ids.get(node.key) ?? '';
    return { id, kind, label, detail, link, isFocus, ...(isFaint && { isFaint }), ...titleOf(node, label), ...box };
  });
  const edges = lines.map(({ line: { from, to, kind, title }, points, label }) => ({
    from: ids.get(from) ?? '',
    to: ids.get(to) ?? '',
    kind,
    points: points.map(move),
    label: label === null ? null : { text: label.text, ...move(label) },
    title: cutEnd(title, longestTitle),
  }));
  return { width, height, nodes, edges };
}

/** The whole name, where the label is a part of it. */
function titleOf(node: Pick<DrawnNode, 'label'>, label: string): { readonly title?: string } {
  return node.label === label ? {} : { title: cutMiddle(node.label, longestTitle) };
}

interface Frame {
  readonly move: (point: Point) => Point;
  readonly width: number;
  readonly height: number;
}

function frameOf(boxes: readonly Box[], lines: readonly PlacedLine[]): Frame {
  const points = lines.flatMap((line) => line.points);
  const left = least([...boxes, ...points].map(({ x }) => x)) - sizes.margin;
  const top = least([...boxes, ...points].map(({ y }) => y)) - sizes.margin;
  const right = most([...boxes.map(({ x, width }) => x + width), ...points.map(({ x }) => x)]);
  const bottom = most([...boxes.map(({ y, height }) => y + height), ...points.map(({ y }) => y)]);
  return {
    move: ({ x, y }) => ({ x: Math.round(x - left), y: Math.round(y - top) }),
    width: Math.ceil(right - left + sizes.margin),
    height: Math.ceil(bottom - top + sizes.margin),
  };
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

import { type Link, orderColumns, type Slot } from './order-columns.ts';
import { placeRows } from './place-rows.ts';
import { type Box, type Laid, type PlacedLine, type Point, place } from './placed.ts';
import { type Ports, portsOf, sizesOf } from './ports.ts';
import { lanesWidth, returnLanes } from './return-lanes.ts';
import { labelWidth, type Sketch, type SketchLine } from './sketch.ts';

/** Room between two columns for lines to turn in; many lines need more of it, up to a bound. */
const columnGap = { least: 46, perLine: 1.5, most: 160 } as const;

/** Height of a slot through which a line passes a column. */
const passage = 10;

/** Room of an arrow's head and the end of a label. */
const labelEnd = 12;

/**
 * Lays a sketch out by its columns, left to right. Lines that lead back, or to their own column, run below everything
 * and come in from the left.
 */
export function layoutColumns(sketch: Sketch): Laid {
  const columns = columnsOf(sketch);
  const isForward = ({ from, to }: SketchLine): boolean => columns.at(from) < columns.at(to);
  const back = sketch.lines.filter((line) => !isForward(line));
  const chains = sketch.lines.filter(isForward).map((line) => chainOf(line, columns));
  const links = chains.flatMap(({ keys }) => linksOf(keys));
  const ordered = orderColumns(slotsOf(columns, chains), links);
  const middles = placeRows(ordered, links);
  const extents = extentsOf(columns, chains, back);
  const boxes = boxesOf(columns, extents, middles);
  const ports = portsOf(sketch, boxes);
  const straight = chains.map((chain) => lineThrough(chain, { columns, extents, ports, boxes, middles }));
  return place(sketch, boxes, [...straight, ...returnLanes(back, boxes)]);
}

/** The columns that hold nodes, numbered from 0. */
interface Columns {
  readonly keys: readonly (readonly string[])[];
  readonly sizes: ReadonlyMap<string, Pick<Box, 'width' | 'height'>>;
  readonly at: (key: string) => number;
}

function columnsOf({ nodes, lines }: Sketch): Columns {
  const numbers = [...new Set(nodes.map(({ column }) => column))].sort((a, b) => a - b);
  const keys = numbers.map((column) => nodes.flatMap((node) => (node.column === column ? [node.key] : [])));
  const places = new Map(keys.flatMap((column, index) => column.map((key) => [key, index] as const)));
  return { keys, sizes: sizesOf(nodes, lines), at: (key) => places.get(key) ?? 0 };
}

/** A line with the slots that it goes through: its ends, and a passage in each column between. */
interface Chain {
  readonly line: SketchLine;
  readonly keys: readonly string[];
}

function chainOf(line: SketchLine, columns: Columns): Chain {
  const between = columns.at(line.to) - columns.at(line.from) - 1;
  const passages = Array.from({ length: between }, (_, index) => JSON.stringify([line.from, line.to, index]));
  return { line, keys: [line.from, ...passages, line.to] };
}

function linksOf(keys: readonly string[]): readonly Link[] {
  return keys.slice(1).map((to, index) => ({ from: keys[index] ?? to, to }));
}

function slotsOf(columns: Columns, chains: readonly Chain[]): readonly (readonly Slot[])[] {
  const slots = columns.keys.map((keys) =>
    keys.map((key): Slot => ({ key, height: columns.sizes.get(key)?.height ?? 0 })),
  );
  for (const { line, keys } of chains) {
    const first = columns.at(line.from) + 1;
    for (const [index, key] of keys.slice(1, -1).entries())
      slots[first + index]?.push({ key, height: passage, isPassage: true });
  }
  return slots;
}

/** From where to where a column reaches; lines come in level from `labels` on, which is where the longest label starts. */
interface Extent {
  readonly labels: number;
  readonly left: number;
  readonly right: number;
}

/** Before each column is room to turn in, for the longest label, and for lanes. */
function extentsOf(columns: Columns, chains: readonly Chain[], back: readonly SketchLine[]): readonly Extent[] {
  let edge = 0;
  return columns.keys.map((keys, column) => {
    const widths = chains.flatMap(({ line }) => (columns.at(line.to) === column ? [labelWidth(line.label)] : []));
    const widest = Math.max(0, ...widths);
    const lanesIn = lanesWidth(back.filter(({ to }) => columns.at(to) === column));
    const lanesOut = lanesWidth(back.filter(({ from }) => columns.at(from) === column - 1));
    const turn = column === 0 ? 0 : turnOf(widths.length) + lanesIn + lanesOut;
    const left = edge + turn + (widest === 0 ? 0 : widest + labelEnd);
    const labels = edge + turn;
    edge = left + Math.max(...keys.map((key) => columns.sizes.get(key)?.width ?? 0));
    return { labels, left, right: edge };
  });
}

function turnOf(lines: number): number {
  return Math.max(columnGap.least, Math.min(columnGap.most, Math.round(lines * columnGap.perLine)));
}

/** Boxes of a column are as wide as the widest of them. */
function boxesOf(
  columns: Columns,
  extents: readonly Extent[],
  middles: ReadonlyMap<string, number>,
): ReadonlyMap<string, Box> {
  const boxes = columns.keys.flatMap((keys, column) => {
    const { left, right } = extents[column] ?? { left: 0, right: 0 };
    return keys.map((key): [string, Box] => {
      const height = columns.sizes.get(key)?.height ?? 0;
      return [key, { x: left, y: (middles.get(key) ?? 0) - height / 2, width: right - left, height }];
    });
  });
  return new Map(boxes);
}

interface Places {
  readonly columns: Columns;
  readonly extents: readonly Extent[];
  readonly ports: Ports;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly middles: ReadonlyMap<string, number>;
}

/** Level through each column that it passes, and beside the labels of the column where it ends. */
function lineThrough({ line, keys }: Chain, { columns, extents, ports, boxes, middles }: Places): PlacedLine {
  const from = boxes.get(line.from) ?? nowhere;
  const to = boxes.get(line.to) ?? nowhere;
  const end = { x: to.x, y: ports.end(line) };
  const passed = keys.slice(1, -1).flatMap((key, index): readonly Point[] => {
    const y = middles.get(key) ?? end.y;
    const extent = extents[columns.at(line.from) + 1 + index];
    return extent === undefined
      ? []
      : [
          { x: extent.labels, y },
          { x: extent.right, y },
        ];
  });
  const level = extents[columns.at(line.to)]?.labels ?? end.x;
  const points = [{ x: from.x + from.width, y: ports.start(line) }, ...passed, { x: level, y: end.y }];
  return {
    line,
    points: level === end.x ? [...points.slice(0, -1), end] : [...points, end],
    label: labelAt(line, end),
  };
}

function labelAt({ label }: SketchLine, end: Point): PlacedLine['label'] {
  return label === null ? null : { text: label, x: end.x - labelEnd - labelWidth(label) / 2, y: end.y };
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

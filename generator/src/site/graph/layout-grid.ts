import { type Box, type Laid, place } from './placed.ts';
import { boxOf, type Sketch } from './sketch.ts';

/** Nodes of a row. */
const perRow = 5;

/** Room between two nodes. */
const gap = 14;

/** Lays nodes out in rows and leaves out all lines: for what would be nothing but lines. */
export function layoutGrid({ nodes }: Sketch): Laid {
  const sizes = nodes.map(boxOf);
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const height = Math.max(0, ...sizes.map((size) => size.height));
  const boxes = nodes.map(({ key }, index): [string, Box] => {
    const [row, column] = [Math.floor(index / perRow), index % perRow];
    return [key, { x: column * (width + gap), y: row * (height + gap), width, height }];
  });
  return place({ nodes, lines: [] }, new Map(boxes), []);
}

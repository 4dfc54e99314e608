import type { Box, PlacedLine, Point } from './placed.ts';
import type { SketchLine } from './sketch.ts';

/** Room between two lanes. */
const laneGap = 7;

/** Room between boxes and the nearest lane. */
const clearance = 16;

/** Room that lanes beside a column take. */
export function lanesWidth(lines: readonly SketchLine[]): number {
  const sources = new Set(lines.map(({ from }) => from)).size;
  return sources === 0 ? 0 : (sources - 1) * laneGap + clearance;
}

/**
 * Leads lines back around everything: out on the right, left below all boxes, up again, and in from the left. Lines of
 * one source share a lane; the lowest source has the innermost.
 */
export function returnLanes(lines: readonly SketchLine[], boxes: ReadonlyMap<string, Box>): readonly PlacedLine[] {
  const bottom = [...boxes.values()].reduce((lowest, { y, height }) => Math.max(lowest, y + height), 0);
  const yOf = (key: string): number => boxes.get(key)?.y ?? 0;
  const sources = [...new Set(lines.map(({ from }) => from))].sort((a, b) => yOf(b) - yOf(a));
  const laneOf = new Map(sources.map((source, lane) => [source, lane]));
  return lines.flatMap((line) => {
    const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
    if (from === undefined || to === undefined) return [];
    return [
      {
        line,
        points: around(from, to, { bottom, out: clearance + (laneOf.get(line.from) ?? 0) * laneGap }),
        label: null,
      },
    ];
  });
}

interface Lane {
  readonly bottom: number;
  /** From the boxes. */
  readonly out: number;
}

function around(from: Box, to: Box, { bottom, out }: Lane): readonly Point[] {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  return [
    start,
    { x: start.x + out, y: start.y },
    { x: start.x + out, y: bottom + out },
    { x: end.x - out, y: bottom + out },
    { x: end.x - out, y: end.y },
    end,
  ];
}

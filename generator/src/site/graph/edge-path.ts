import type { DrawnEdge } from '../site-model.ts';

type Point = DrawnEdge['points'][number];

/** Radius of the corners of lines that go along the axes. */
const cornerRadius = 8;

/**
 * Spells the path of a line: curves that leave and arrive level, or straight stretches with round corners where all of
 * it goes along the axes.
 */
export function edgePath(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  if (turnsBack(points)) return loop(points);
  const isStraight = points.length > 3 && rest.every((point, index) => isLevel(points[index] ?? point, point));
  const [first, ...segments] = isStraight ? corners(points) : curves(start, rest);
  return `M${start.x} ${start.y}${first ?? ''}${segments.join('')}`;
}

/** True for a line that ends on the side where it starts: out to its second point and back. */
function turnsBack([start, turn, end, ...more]: readonly Point[]): boolean {
  if (start === undefined || turn === undefined || end === undefined || more.length > 0) return false;
  return (turn.x - start.x) * (turn.x - end.x) > 0;
}

function loop([start, turn, end]: readonly Point[]): string {
  if (start === undefined || turn === undefined || end === undefined) return '';
  return `M${start.x} ${start.y}C${turn.x} ${start.y} ${turn.x} ${end.y} ${end.x} ${end.y}`;
}

function isLevel(from: Point, to: Point): boolean {
  return from.x === to.x || from.y === to.y;
}

function curves(start: Point, rest: readonly Point[]): readonly string[] {
  return rest.map((to, index) => {
    const from = index === 0 ? start : (rest[index - 1] ?? start);
    if (from.y === to.y) return `H${to.x}`;
    const middle = Math.round((from.x + to.x) / 2);
    return `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  });
}

function corners(points: readonly Point[]): readonly string[] {
  return points.slice(1).map((corner, index) => {
    const before = points[index] ?? corner;
    const after = points[index + 2];
    if (after === undefined) return `L${corner.x} ${corner.y}`;
    const entry = towards(corner, before);
    const exit = towards(corner, after);
    return `L${entry.x} ${entry.y}Q${corner.x} ${corner.y} ${exit.x} ${exit.y}`;
  });
}

/** A point on the way from a corner, at most its radius away. */
function towards(corner: Point, to: Point): Point {
  const [x, y] = [to.x - corner.x, to.y - corner.y];
  const step = Math.min(cornerRadius, (Math.abs(x) + Math.abs(y)) / 2);
  return { x: corner.x + Math.sign(x) * step, y: corner.y + Math.sign(y) * step };
}

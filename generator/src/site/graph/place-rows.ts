import { type Link, type Neighbours, neighboursOf, type Slot } from './order-columns.ts';

/** Least room between two slots of a column. */
const rowGap = 12;

/** Passes over all columns, each to the right and back. */
const passes = 3;

/**
 * Gives each slot the middle of its row: as near to the middle of its neighbours as the order of its column allows.
 * The topmost slot starts at 0.
 */
export function placeRows(columns: readonly (readonly Slot[])[], links: readonly Link[]): ReadonlyMap<string, number> {
  const left = neighboursOf(links.map(({ from, to }) => [to, from]));
  const right = neighboursOf(links.map(({ from, to }) => [from, to]));
  const middles = new Map<string, number>();
  for (const column of columns) settle(column, middles, new Map());
  for (let pass = 0; pass < passes; pass++) {
    const before = new Map(middles);
    for (const column of columns) settle(column, middles, left);
    for (const column of [...columns].reverse()) settle(column, middles, right);
    // What one pass leaves as it is, so does every other.
    if ([...middles].every(([key, middle]) => middle === before.get(key))) break;
  }
  for (const column of [...columns].reverse()) settle(column, middles, bothSides(column, left, right));
  const top = Math.min(...columns.flat().map(({ key, height }) => (middles.get(key) ?? 0) - height / 2));
  return new Map([...middles].map(([key, middle]) => [key, middle - top]));
}

/** Neighbours on both sides; of a passage those on the right alone, so that lines turn once. */
function bothSides(column: readonly Slot[], left: Neighbours, right: Neighbours): Neighbours {
  return new Map(
    column.map(({ key, isPassage }) => [key, [...(isPassage ? [] : (left.get(key) ?? [])), ...(right.get(key) ?? [])]]),
  );
}

/** Slots that touch each other and move as one. */
interface Block {
  /** Sum over its slots of where each wants the block's first middle to be. */
  sum: number;
  count: number;
}

/** Places one column: the least squares of distances, by pooling neighbours that would overlap. */
function settle(column: readonly Slot[], middles: Map<string, number>, neighbours: Neighbours): void {
  const [only, ...more] = column;
  if (only !== undefined && more.length === 0) {
    const offset = only.height / 2;
    // By the same steps as below, so that the same digits come out.
    middles.set(only.key, wantedMiddle(only, offset, middles, neighbours) - offset + offset);
    return;
  }
  const offsets = offsetsOf(column);
  const blocks: Block[] = [];
  column.forEach((slot, index) => {
    const offset = offsets[index] ?? 0;
    let block: Block = { sum: wantedMiddle(slot, offset, middles, neighbours) - offset, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && startOf(last) > startOf(block); last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const starts = blocks.flatMap((block) => Array.from({ length: block.count }, () => startOf(block)));
  column.forEach(({ key }, index) => {
    middles.set(key, (starts[index] ?? 0) + (offsets[index] ?? 0));
  });
}

function startOf({ sum, count }: Block): number {
  return sum / count;
}

/** Middles of a column's slots when they stand as close as may be. */
function offsetsOf(column: readonly Slot[]): readonly number[] {
  let bottom = 0;
  return column.map(({ height }) => {
    const middle = bottom + height / 2;
    bottom += height + rowGap;
    return middle;
  });
}

function wantedMiddle(
  { key }: Slot,
  offset: number,
  middles: ReadonlyMap<string, number>,
  neighbours: Neighbours,
): number {
  const others = neighbours.get(key) ?? [];
  if (others.length === 0) return middles.get(key) ?? offset;
  return others.reduce((sum, other) => sum + (middles.get(other) ?? 0), 0) / others.length;
}

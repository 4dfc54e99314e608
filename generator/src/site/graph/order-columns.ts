/** A place in a column: a box, or where a line passes the column. */
export interface Slot {
  readonly key: string;
  readonly height: number;
  /** True where a line passes: it goes level to where the line leads. */
  readonly isPassage?: true;
}

/** Slots that a line joins, in neighbouring columns. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** By a slot, the slots that it is joined to on one side. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Sweeps over all columns, each to the right and back. More of them change next to nothing. */
const sweeps = 4;

/**
 * Orders each column so that few lines cross: each slot goes where its neighbours are on average. Where
 * that crosses no more lines, what comes from one place stands together.
 */
export function orderColumns(
  columns: readonly (readonly Slot[])[],
  links: readonly Link[],
): readonly (readonly Slot[])[] {
  if (columns.every(({ length }) => length < 2)) return columns;
  const left = neighboursOf(links.map(({ from, to }) => [to, from]));
  const right = neighboursOf(links.map(({ from, to }) => [from, to]));
  let ordered = columns;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const before = ordered;
    ordered = sweepOnce(ordered, left);
    ordered = sweepOnce([...ordered].reverse(), right).toReversed();
    // What one sweep leaves as it is, so does every other.
    if (ordered.every((column, index) => column.every((slot, row) => slot === before[index]?.[row]))) break;
  }
  const fromLeft = sweepOnce(ordered, left);
  return crossings(ordered, links) < crossings(fromLeft, links) ? ordered : fromLeft;
}

/** Counts pairs of lines between the same two columns that cross. */
function crossings(columns: readonly (readonly Slot[])[], links: readonly Link[]): number {
  const places = new Map(
    columns.flatMap((column, number) => column.map(({ key }, row) => [key, { number, row }] as const)),
  );
  const spans = links.flatMap(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start === undefined || end === undefined ? [] : [{ column: start.number, start: start.row, end: end.row }];
  });
  let count = 0;
  for (const [index, one] of spans.entries()) {
    for (let next = index + 1; next < spans.length; next++) {
      const other = spans[next] ?? one;
      if (one.column === other.column && (one.start - other.start) * (one.end - other.end) < 0) count++;
    }
  }
  return count;
}

/** Gathers pairs by their first. */
export function neighboursOf(pairs: readonly (readonly [string, string])[]): Neighbours {
  const found = new Map<string, string[]>();
  for (const [key, other] of pairs) {
    const others = found.get(key);
    if (others === undefined) found.set(key, [other]);
    else others.push(other);
  }
  return found;
}

function sweepOnce(columns: readonly (readonly Slot[])[], neighbours: Neighbours): readonly (readonly Slot[])[] {
  const ordered: (readonly Slot[])[] = [];
  for (const column of columns) ordered.push(sortByNeighbours(column, ordered.at(-1) ?? [], neighbours));
  return ordered;
}

/** Places are parts of a whole, so that columns of different lengths compare. Slots without neighbours keep theirs. */
function sortByNeighbours(column: readonly Slot[], beside: readonly Slot[], neighbours: Neighbours): readonly Slot[] {
  if (column.length < 2) return column;
  const places = new Map(beside.map(({ key }, index) => [key, (index + 0.5) / beside.length]));
  const wanted = column.map((slot, index) => {
    const found = (neighbours.get(slot.key) ?? []).flatMap((key) => places.get(key) ?? []);
    return { slot, place: found.length === 0 ? (index + 0.5) / column.length : mean(found) };
  });
  return wanted.sort((a, b) => a.place - b.place).map(({ slot }) => slot);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

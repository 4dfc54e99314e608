/**
 * Where every value of a document is written, as flat numbers instead of a tree of nodes: a spec of 1,000 events has
 * some 75,000 values. Entries stand in document order; entry 0 is the root. An entry's children follow it directly
 * and end before `end`.
 */
export interface PositionTape {
  /** Key of each entry in its object; an element of an array has its index as text, the root ''. */
  readonly keys: readonly string[];
  /** Offset of each entry's key, or of the value when it has no key. */
  readonly keyOffsets: readonly number[];
  /** Offset of each entry's value; when the value begins on a later line than its key, that of the key. */
  readonly valueOffsets: readonly number[];
  /** Entry after the last descendant of each entry. */
  readonly ends: readonly number[];
  /** For an alias or a merged field: the entry whose children stand for its own. */
  readonly links: ReadonlyMap<number, number>;
}

/** Entry of the child at `key`, or undefined. */
export function childEntry(tape: PositionTape, entry: number, key: string): number | undefined {
  const parent = target(tape, entry);
  const end = tape.ends[parent] ?? 0;
  for (let child = parent + 1; child < end; child = tape.ends[child] ?? end) {
    if (tape.keys[child] === key) return child;
  }
  return undefined;
}

function target(tape: PositionTape, entry: number): number {
  let current = entry;
  for (let next = tape.links.get(current); next !== undefined; next = tape.links.get(current)) current = next;
  return current;
}

/** Collects a tape while a document is read from front to end. */
export class TapeWriter implements PositionTape {
  readonly keys: string[] = [];
  readonly keyOffsets: number[] = [];
  readonly valueOffsets: number[] = [];
  readonly ends: number[] = [];
  readonly links: Map<number, number> = new Map();

  /** Starts an entry and returns its number; its children are to be opened before it is closed. */
  open(key: string, keyOffset: number, valueOffset: number): number {
    this.keys.push(key);
    this.keyOffsets.push(keyOffset);
    this.valueOffsets.push(valueOffset);
    return this.ends.push(this.keys.length) - 1;
  }

  close(entry: number): void {
    this.ends[entry] = this.keys.length;
  }

  /** Entry of the child at `key`, or undefined. */
  child(entry: number, key: string): number | undefined {
    return childEntry(this, entry, key);
  }
}

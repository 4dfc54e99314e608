/** Texts that are kept for a while. */
export interface TextStore {
  /** Keeps the text at a place; its UTF-8 may have so many bytes at most. */
  put(place: number, text: string, bytes: number): void;
  /** The text that is kept at a place. */
  get(place: number): string;
}

const chunkBytes = 65_536;

/**
 * Keeps texts outside the heap. Thousands of events that wait for their turn would otherwise be copied by each run of
 * the garbage collector, which costs more than writing and reading them.
 */
export function textStore(): TextStore {
  const chunks: Buffer[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let chunk = Buffer.alloc(0);
  let used = 0;
  return {
    put: (place, text, bytes) => {
      if (used + bytes > chunk.length) {
        chunk = Buffer.allocUnsafe(Math.max(chunkBytes, bytes));
        used = 0;
      }
      chunks[place] = chunk;
      starts[place] = used;
      used += chunk.write(text, used);
      ends[place] = used;
    },
    get: (place) => chunks[place]?.toString('utf8', starts[place], ends[place]) ?? '',
  };
}

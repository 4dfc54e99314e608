/** Where the lines of a text begin; made once, asked often. */
export interface LineIndex {
  /** Line and column of an offset, both from 1; columns count UTF-16 units. Offsets beyond the text are its end. */
  position(offset: number): { readonly line: number; readonly column: number };
}

/** Indexes the lines of `text`; they end with `\n`, `\r\n` or `\r`, as YAML sees it. */
export function indexLines(text: string): LineIndex {
  let starts: number[] | undefined;
  return {
    position(offset) {
      starts ??= lineStarts(text);
      const inside = Math.max(0, Math.min(offset, text.length));
      const line = lastAtMost(starts, inside);
      return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const breaks = /\r\n?|\n/g;
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex);
  return starts;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

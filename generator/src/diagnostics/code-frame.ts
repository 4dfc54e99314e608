import type { Origin } from './diagnostic.ts';
import type { Paint } from './paint.ts';
import { visibleText } from './visible-text.ts';

/** Longest part of a source line that is shown. */
const widestLine = 120;

/**
 * The source line of `origin` with a caret below its column. Empty when the text is not known or the line is blank.
 *
 * @param lines of the file
 */
export function codeFrame(lines: readonly string[] | undefined, origin: Origin, paint: Paint): readonly string[] {
  const source = lines?.[origin.line - 1];
  if (source === undefined || source.trim() === '') return [];
  const { shown, column } = clip(source, Math.min(origin.column, source.length + 1));
  const number = String(origin.line);
  const gutter = ' '.repeat(number.length);
  const indent = shown.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [
    paint.faint(`${gutter} |`),
    `${paint.faint(`${number} |`)} ${visibleText(shown)}`,
    `${paint.faint(`${gutter} |`)} ${indent}${paint.error('^')}`,
  ];
}

/** The part of a long line around a column. */
function clip(source: string, column: number): { readonly shown: string; readonly column: number } {
  if (source.length <= widestLine) return { shown: source, column };
  const start = Math.max(0, Math.min(column - widestLine / 2, source.length - widestLine));
  const before = start > 0 ? '…' : '';
  const after = start + widestLine < source.length ? '…' : '';
  return {
    shown: `${before}${source.slice(start, start + widestLine)}${after}`,
    column: column - start + before.length,
  };
}

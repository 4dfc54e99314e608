import type { JsonValue } from '@eventloom/engine';
import { jsonText } from '../emit/print/json-text.ts';

/** JSON as a page shows it: on one line where that fits in `width` columns (72), else one entry a line. */
export function prettyJson(value: unknown, width = 72): string {
  return jsonText(value as JsonValue, width);
}

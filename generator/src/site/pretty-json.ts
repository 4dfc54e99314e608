import type { JsonValue } from '@eventloom/engine';
import { jsonText } from '../emit/print/json-text.ts';

/** JSON as a page shows it: on one line where that is short, else one entry a line. */
export function prettyJson(value: unknown): string {
  return jsonText(value as JsonValue, 72);
}

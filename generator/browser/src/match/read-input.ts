import { type Published, type RouteCatalog, type RoutedEvent, readPublished } from '../../../src/route/published.ts';
import { isUsageError } from '../../../src/usage-error.ts';
import { type JsonMistake, jsonMistake } from './json-mistake.ts';

/** What was pasted. */
export type Input =
  | { readonly kind: 'unreadable'; readonly mistake: JsonMistake }
  /** JSON, but no event that can be told. */
  | { readonly kind: 'refused'; readonly message: string; readonly help: string }
  | { readonly kind: 'read'; readonly form: 'envelope' | 'named' | 'payload'; readonly published: Published };

/**
 * Reads what `eventloom route` reads: an EventBridge envelope, or `{ event, payload, channel? }`. Any other JSON is the
 * payload of the chosen event.
 */
export function readInput(text: string, catalog: RouteCatalog, chosen: RoutedEvent | null): Input {
  const json = parsed(text.replace(/^\ufeff/, ''));
  if ('mistake' in json) return { kind: 'unreadable', mistake: json.mistake };
  const form = formOf(json.value);
  const isBare = form === 'payload' && chosen !== null;
  const asked = isBare ? { event: chosen.name, payload: json.value, channel: chosen.channel } : json.value;
  try {
    return { kind: 'read', form, published: readPublished(asked, catalog) };
  } catch (error) {
    if (isUsageError(error)) return { kind: 'refused', message: error.message, help: error.help };
    throw error;
  }
}

function parsed(text: string): { readonly value: unknown } | { readonly mistake: JsonMistake } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { mistake: jsonMistake(text) ?? { line: 1, column: 1, message: 'the browser cannot read it' } };
  }
}

/** A payload may well have a field called `event`. */
function formOf(value: unknown): 'envelope' | 'named' | 'payload' {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'payload';
  if (Object.hasOwn(value, 'detail-type')) return 'envelope';
  return Object.hasOwn(value, 'event') && Object.hasOwn(value, 'payload') ? 'named' : 'payload';
}

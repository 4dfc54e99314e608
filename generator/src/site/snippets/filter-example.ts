import { compilePattern, type EventPattern, type JsonValue, matchesPattern } from '@eventloom/engine';
import type { EventType, MessageType } from '../../model/event-model.ts';
import { isObject, type JsonObject, own, ownList, ownObject } from '../../model/schema/json.ts';

/**
 * A filter of one field that a new consumer might have: one value of a list, a range of numbers, a boolean. It matches
 * the payload it is made from, so it is not one that never matches. Null when no field gives one.
 */
export function filterExample(
  event: EventType,
  message: MessageType,
  samples: readonly unknown[],
): EventPattern | null {
  const payload = samples.find(isObject);
  if (payload === undefined || !isObject(message.payload)) return null;
  const schema = followed(message.payload, message.payload);
  const required = new Set(ownList(schema, 'required'));
  const candidates = Object.entries(ownObject(schema, 'properties')).flatMap(([name, field]) => {
    const found = condition(followed(field, message.payload), own(payload, name));
    const isReadable = event.claimCheck === undefined || event.claimCheck.keep.includes(`/${name}`);
    if (found === null || !isReadable || !/^[A-Za-z][\w-]*$/.test(name)) return [];
    return [{ name, ...found, rank: found.rank + (required.has(name) ? 0 : 1) }];
  });
  const [best] = candidates.sort((a, b) => a.rank - b.rank);
  if (best === undefined) return null;
  const filter: EventPattern = { [best.name]: best.values };
  const compiled = compilePattern(filter);
  return compiled.ok && matchesPattern(compiled.pattern, payload as JsonValue) ? filter : null;
}

interface Condition {
  readonly values: readonly (string | boolean | { readonly numeric: readonly [string, number] })[];
  readonly rank: number;
}

/** Whole numbers up to here mean the same to every matcher. */
const largest = 1_000_000;

/** What to ask of a field, given the value that it has in a payload. */
function condition(schema: JsonObject, value: unknown): Condition | null {
  const choices = ownList(schema, 'enum');
  if (typeof value === 'string') {
    const isChoice = choices.length > 1 && value.length > 0 && value.length <= 60;
    return isChoice ? { values: [value], rank: 0 } : null;
  }
  if (typeof value === 'boolean') return { values: [value], rank: 4 };
  if (typeof value !== 'number' || Math.abs(value) > largest) return null;
  return { values: [{ numeric: ['>=', Math.floor(value)] }], rank: 2 };
}

/** A schema, or the definition that it refers to. */
function followed(schema: unknown, root: unknown): JsonObject {
  if (!isObject(schema)) return {};
  const reference = own(schema, '$ref');
  const key = typeof reference === 'string' ? /^#\/definitions\/([^/]+)$/.exec(reference)?.[1] : undefined;
  if (key === undefined || !isObject(root)) return schema;
  return ownObject(ownObject(root, 'definitions'), key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

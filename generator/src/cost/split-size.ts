import { declaredValue, schemasOfValue } from '../model/payload-facts.ts';
import { pointerTokens } from '../model/pointer.ts';
import { isObject, own } from '../model/schema/json.ts';
import type { EventFacts } from './event-facts.ts';
import { assumedElements, elementsOf } from './payload-bytes.ts';

/** How many parts an event is split into: the mean of its examples, else what its schema suggests. */
export function splitSize({ message }: EventFacts, pointer: string): number {
  const path = pointerTokens(pointer) ?? [];
  const lengths = message.examples.flatMap((example) => {
    const found = path.reduce<unknown>((value, key) => (isObject(value) ? own(value, key) : undefined), example);
    return Array.isArray(found) ? [found.length] : [];
  });
  if (lengths.length > 0) return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const { payload } = message;
  const [array] = declaredValue(payload, path).flatMap((schema) => schemasOfValue(payload, schema));
  return array === undefined ? assumedElements : elementsOf(array);
}

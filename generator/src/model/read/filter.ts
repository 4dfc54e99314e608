import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { FilterDeclaration } from '../declarations.ts';
import type { FilterPlace } from '../event-model.ts';
import { childPointer } from '../pointer.ts';
import { isObject } from './fields.ts';

/** Reads the filter at a key of an operation (or of a binding): keys sorted, alternatives in their order, with places. */
export function readFilter(holder: SpecNode, key: string, problems: Diagnostic[]): FilterDeclaration | null {
  const node = holder.get(key);
  if (node === undefined) return null;
  const origin = holder.keyOrigin(key);
  if (!isObject(node.value)) {
    const message = `\`${key}\` must be an object whose keys are fields of the payload.`;
    problems.push(report('invalid-filter', origin, message, 'For example `x-filter: { market: [eu, us] }`.'));
    return null;
  }
  const places: FilterPlace[] = [{ pointer: '', origin }];
  return { value: copy(node, '', places) as EventPattern, places, origin };
}

/** `Object.fromEntries` makes own properties of all keys, `__proto__` too. */
function copy(node: SpecNode, pointer: string, places: FilterPlace[]): JsonValue {
  if (Array.isArray(node.value)) {
    return node.entries().map(([index, child]) => {
      const place = childPointer(pointer, index);
      places.push({ pointer: place, origin: child.referrer });
      return copy(child, place, places);
    });
  }
  if (!isObject(node.value)) return node.value as JsonValue;
  return Object.fromEntries(
    node.entries().map(([key, child]) => {
      const place = childPointer(pointer, key);
      places.push({ pointer: place, origin: node.keyOrigin(key) });
      return [key, copy(child, place, places)];
    }),
  );
}

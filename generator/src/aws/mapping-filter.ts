import type { EventPattern } from '@eventloom/engine';
import { sortedKeys } from './sorted-keys.ts';

/** Compiles a filter of the payload to the filter of a queue's event source mapping, whose root is the SQS record. */
export function mappingFilter(filter: EventPattern | null): EventPattern | null {
  return filter === null ? null : { body: sortedKeys(filter) };
}

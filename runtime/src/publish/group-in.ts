import type { PublishedEventDefinition } from '../definitions.ts';
import { valueAt } from './own-value.ts';

/** The message group that a payload names (`x-ordering`, `x-fairness`); undefined when it names none. */
export function groupIn({ ordering, fairness }: PublishedEventDefinition, payload: unknown): string | undefined {
  const pointer = ordering ?? fairness;
  const found = pointer == null ? undefined : valueAt(payload, pointer);
  return found == null || typeof found === 'object' ? undefined : `${found}`;
}

import { own } from '../json.ts';
import type { Kinds } from '../kinds.ts';
import type { Leaf } from './parts.ts';

/** The values that one of these schemas lists, of which others may refuse some; null when none lists any. */
export function listedValues(leaves: readonly Leaf[], kinds: Kinds): readonly unknown[] | null {
  for (const { schema } of leaves) {
    if (Object.hasOwn(schema, 'const')) return [own(schema, 'const')];
    const values = own(schema, 'enum');
    if (Array.isArray(values)) return values;
  }
  const isBoolean = [...kinds].every((kind) => kind === 'boolean' || kind === 'null');
  if (!isBoolean || !leaves.some(({ schema }) => Object.hasOwn(schema, 'not'))) return null;
  return kinds.has('null') ? [true, false, null] : [true, false];
}

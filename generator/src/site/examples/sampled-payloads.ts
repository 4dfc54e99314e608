import type { MessageType } from '../../model/event-model.ts';
import { byCodeUnit } from '../../model/order.ts';
import type { Lookup } from '../../model/schema/in-place.ts';
import type { Found } from './search.ts';
import { largeBounds, samplePayload, smallBounds } from './solve.ts';

type Sampled = Pick<MessageType, 'payload' | 'name'>;

/** The smallest valid payload that a fixed effort finds: mostly what is required, as short as it may be. Null for none. */
export function smallestPayload({ payload, name }: Sampled, lookup: Lookup): Found | null {
  return samplePayload(payload, name, { lookup, size: 'smallest', bounds: smallBounds });
}

/** The most compact JSON that a large payload may have, in UTF-16 code units, unless the schema demands more. */
const believableLength = 16_000;

/** A large valid payload with all that may be in it, of believable size. Null when none is found. */
export function largestPayload({ payload, name }: Sampled, lookup: Lookup): Found | null {
  const tooLarge: Sized[] = [];
  for (const bounds of largeBounds) {
    const found = samplePayload(payload, name, { lookup, size: 'largest', bounds });
    if (found === null) break;
    const text = JSON.stringify(found.value);
    if (text.length <= believableLength) return found;
    tooLarge.push({ found, text });
  }
  tooLarge.sort((a, b) => a.text.length - b.text.length || byCodeUnit(a.text, b.text));
  return tooLarge[0]?.found ?? null;
}

interface Sized {
  readonly found: Found;
  readonly text: string;
}

import type { SiteContext } from '../site-context.ts';
import type { DestinationEntry } from '../site-model.ts';

/** Describes every bus, topic and point-to-point queue, sorted by key. */
export function describeDestinations(_context: SiteContext): readonly DestinationEntry[] {
  return [];
}

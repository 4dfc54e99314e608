import type { EventAddress } from '@eventloom/engine';
import { byCodeUnit } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { SiteLink } from '../site-model.ts';

/** Links to the pages of events, sorted by (name, source). */
export function emittedEvents(
  { paths }: Pick<SiteContext, 'paths'>,
  emits: readonly Pick<EventAddress, 'name' | 'source'>[],
): readonly SiteLink[] {
  const sorted = [...emits].sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.source, b.source));
  return sorted.map((event) => paths.event(event));
}

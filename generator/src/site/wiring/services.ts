import type { SiteContext } from '../site-context.ts';
import type { ServicePage } from '../site-model.ts';

/** What a service page says beside its drawing and snippets. */
export type DescribedService = Omit<ServicePage, 'neighbourhood' | 'snippets'>;

/** Describes every service, sorted by name. */
export function describeServices(_context: SiteContext): readonly DescribedService[] {
  return [];
}

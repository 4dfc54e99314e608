import type { Topology } from '@eventloom/engine';
import type { EventModel } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { type SitePaths, sitePathsOf } from './site-paths.ts';

/** What everybody who describes a part of the site looks into. */
export interface SiteContext {
  readonly model: EventModel;
  readonly topology: Topology;
  readonly paths: SitePaths;
}

export function siteContext(model: EventModel): SiteContext {
  return { model, topology: toTopology(model), paths: sitePathsOf(model) };
}

import type { Topology } from '@eventloom/engine';
import type { EventModel, MessageType } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { type SitePaths, sitePathsOf } from './site-paths.ts';

/** What everybody who describes a part of the site looks into. */
export interface SiteContext {
  readonly model: EventModel;
  readonly topology: Topology;
  readonly paths: SitePaths;
  /** Type names of messages to the messages. */
  readonly messages: ReadonlyMap<string, MessageType>;
}

export function siteContext(model: EventModel): SiteContext {
  const messages = new Map(model.catalog.messages.map((message) => [message.typeName, message]));
  return { model, topology: toTopology(model), paths: sitePathsOf(model), messages };
}

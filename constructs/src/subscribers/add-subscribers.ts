import type { Topology } from '@eventloom/engine';
import type { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { sortedBy } from '../sorted.ts';
import { EventSubscriber } from './event-subscriber.ts';
import type { SubscriberSettings } from './subscriber-site.ts';
import type { WorkflowSources } from './workflow-source.ts';

/** What the subscribers of a service are built from. */
export interface SubscribersOptions extends SubscriberSettings {
  readonly topology: Topology;
  readonly service: string;
  readonly workflows?: WorkflowSources | undefined;
}

/** Adds the subscribers of a service; returns them by key. */
export function addSubscribers(
  scope: Construct,
  { topology, service, workflows = {}, ...settings }: SubscribersOptions,
  destinations: Destinations,
): ReadonlyMap<string, EventSubscriber> {
  const own = (topology.subscribers ?? []).filter((subscriber) => subscriber.service === service);
  return new Map(
    sortedBy(own, ({ key }) => key).map((subscriber) => {
      const workflow = Object.hasOwn(workflows, subscriber.key) ? workflows[subscriber.key] : undefined;
      const props = { subscriber, destinations, settings, ...(workflow === undefined ? {} : { workflow }) };
      return [subscriber.key, new EventSubscriber(scope, subscriber.constructId, props)];
    }),
  );
}

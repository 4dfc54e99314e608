import type { Subscriber } from '@eventloom/engine';
import type { Construct } from 'constructs';
import type { Destinations } from '../destinations.ts';
import { EventSubscriber, type EventSubscriberProps } from './event-subscriber.ts';
import type { WorkflowSources } from './workflow-source.ts';

/** What subscribers are built from. */
export interface SubscribersOptions {
  readonly settings: EventSubscriberProps['settings'];
  readonly destinations: Destinations;
  readonly workflows?: WorkflowSources | undefined;
}

/** Adds subscribers of one stack; returns them by key. */
export function addSubscribers(
  scope: Construct,
  subscribers: readonly Subscriber[],
  { settings, destinations, workflows = {} }: SubscribersOptions,
): ReadonlyMap<string, EventSubscriber> {
  return new Map(
    subscribers.map((subscriber) => {
      const workflow = Object.hasOwn(workflows, subscriber.key) ? workflows[subscriber.key] : undefined;
      const props = { subscriber, destinations, settings, ...(workflow === undefined ? {} : { workflow }) };
      return [subscriber.key, new EventSubscriber(scope, subscriber.constructId, props)];
    }),
  );
}

import type { Destination } from '@eventloom/engine';
import type { EventReference } from '../../model/event-model.ts';
import { addressKey } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { SketchNode } from './sketch.ts';
import { type Receiver, trafficOf } from './traffic.ts';

/** Keys of nodes: one for each service, event, destination and receiver. */
export const keyOf = {
  service: (name: string): string => `service ${name}`,
  event: (event: EventReference): string => `event ${addressKey(event)}`,
  destination: (key: string): string => `destination ${key}`,
  receiver: ({ key }: Pick<Receiver, 'key'>): string => `receiver ${key}`,
} as const;

/** Makes the node of a service. */
export function serviceNode(
  { paths }: SiteContext,
  { name, column, detail = null }: { readonly name: string; readonly column: number; readonly detail?: string | null },
): SketchNode {
  return { key: keyOf.service(name), kind: 'service', label: name, detail, link: paths.service(name), column };
}

/** Makes the node of an event. Its source is said where another event has the same name. */
export function eventNode(context: SiteContext, event: EventReference, column: number): SketchNode {
  const detail = trafficOf(context).sharedNames.has(event.name) ? event.source : null;
  const link = context.paths.event(event);
  return { key: keyOf.event(event), kind: 'event', label: event.name, detail, link, column };
}

/** Makes the node of a bus, topic or point-to-point queue. */
export function destinationNode({ model, paths }: SiteContext, key: string, column: number): SketchNode {
  const destination = model.system.destinations.find((one) => one.key === key);
  const link = paths.destination(key);
  return {
    key: keyOf.destination(key),
    kind: destination?.kind ?? 'bus',
    label: link.text,
    detail: destination === undefined ? null : constructOf(destination),
    link,
    column,
  };
}

function constructOf(destination: Destination): string {
  switch (destination.kind) {
    case 'bus':
      return 'EventBridge bus';
    case 'topic':
      return destination.fifo ? 'SNS FIFO topic' : 'SNS topic';
    case 'queue':
      return destination.fifo ? 'SQS FIFO queue' : 'SQS queue';
    default:
      return destination satisfies never;
  }
}

/** Makes the node of what a receiver gets its events in: its queue, function, workflow, stream … */
export function receiverNode(
  { paths }: SiteContext,
  event: EventReference,
  { receiver, column }: { readonly receiver: Receiver; readonly column: number },
): SketchNode {
  const { service, consumer, operation, target } = receiver;
  const link = paths.consumer(event, service, operation);
  return { key: keyOf.receiver(receiver), kind: target.kind, label: consumer, detail: target.construct, link, column };
}

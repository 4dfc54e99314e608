import type { SubscriberDelivery } from '@eventloom/engine';
import { addressesOf } from './addresses.ts';
import { addBusTarget, type BusResources } from './bus.ts';
import { addEndpoint, type EndpointResources } from './endpoint.ts';
import { addExternalQueue, type QueueResources } from './external-queue.ts';
import { addFirehose, type FirehoseResources } from './firehose.ts';
import { addKinesis, type KinesisResources } from './kinesis.ts';
import { addLog, type LogResources } from './log.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';
import { addWorkflow, type WorkflowResources } from './workflow.ts';
import type { WorkflowSource } from './workflow-source.ts';

/** What was made for the delivery of a subscriber. Told apart by `type`. */
export type SubscriberResources =
  | WorkflowResources
  | KinesisResources
  | FirehoseResources
  | BusResources
  | EndpointResources
  | LogResources
  | QueueResources
  /** Mail, text messages and requests of SNS need nothing but their subscriptions. */
  | { readonly type: 'addresses' };

/** What was made, and what rules and subscriptions deliver to. */
export interface Delivered {
  readonly resources: SubscriberResources;
  readonly target: SubscriberTarget;
}

/**
 * Adds what the events of a subscriber go to.
 *
 * @throws ConstructError when the spec or the caller does not say all that is needed.
 */
export function addDelivery(
  site: SubscriberSite,
  delivery: SubscriberDelivery,
  workflow: WorkflowSource | undefined,
): Delivered {
  switch (delivery.type) {
    case 'workflow':
      return addWorkflow(site, delivery, workflow);
    case 'stream':
      return delivery.kind === 'kinesis' ? addKinesis(site, delivery) : addFirehose(site, delivery);
    case 'bus':
      return addBusTarget(site, delivery);
    case 'endpoint':
      return addEndpoint(site, delivery);
    case 'log':
      return addLog(site, delivery);
    case 'email':
    case 'sms':
    case 'http':
      return { resources: { type: 'addresses' }, target: addressesOf(delivery) };
    case 'none':
      return addExternalQueue(site, delivery);
    default:
      return delivery satisfies never;
  }
}

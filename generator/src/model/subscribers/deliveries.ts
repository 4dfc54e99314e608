import type { ExternalDelivery, SubscriberDelivery } from '@eventloom/engine';
import { readsFifo } from '../deliveries.ts';
import type { SubscriberType } from '../read/delivery-fields.ts';
import { busDelivery } from './bus.ts';
import { externalDefaults, logDefaults } from './defaults.ts';
import { endpointDelivery } from './endpoint.ts';
import { httpDelivery } from './http.ts';
import { type DeliverySource, given, refuseBeside, required } from './options.ts';
import { streamDelivery } from './stream.ts';
import { workflowDelivery } from './workflow.ts';

/** Makes the delivery of a subscriber. What is missing or wrong is reported, and something stands in for it. */
export function subscriberDelivery(type: SubscriberType, source: DeliverySource): SubscriberDelivery {
  switch (type) {
    case 'workflow':
      return workflowDelivery(source);
    case 'stream':
      return streamDelivery(source);
    case 'bus':
      return busDelivery(source);
    case 'endpoint':
      return endpointDelivery(source);
    case 'log':
      return { type, retentionDays: given<number>(source, 'retentionDays') ?? logDefaults.retentionDays };
    case 'email':
      return { type, addresses: required(source, 'addresses', [], 'For example `addresses: [desk@shop.example]`.') };
    case 'sms':
      return { type, numbers: required(source, 'numbers', [], "For example `numbers: ['+4915112345678']`.") };
    case 'http':
      return httpDelivery(source);
    case 'none':
      return externalDelivery(source);
    default:
      return type satisfies never;
  }
}

/** A queue that exists tells by its name whether it is FIFO; one that is made is of the kind of its channels. */
function externalDelivery(source: DeliverySource): ExternalDelivery {
  const arn = given<string>(source, 'arn');
  if (arn !== null) {
    const why = 'beside `arn`: the queue is not made here, and its owner says';
    refuseBeside(source, ['visibilityTimeoutSeconds', 'maxReceiveCount'], why, 'Remove it.');
  }
  return {
    type: 'none',
    arn,
    visibilityTimeoutSeconds:
      given<number>(source, 'visibilityTimeoutSeconds') ?? externalDefaults.visibilityTimeoutSeconds,
    maxReceiveCount: given<number>(source, 'maxReceiveCount') ?? externalDefaults.maxReceiveCount,
    fifo: arn === null ? source.operations.some(readsFifo) : arn.endsWith('.fifo'),
  };
}

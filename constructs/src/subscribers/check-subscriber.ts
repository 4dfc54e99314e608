import type { Subscriber, SubscriberDelivery, SubscriberRoute } from '@eventloom/engine';
import { checkSubscriptions } from '../check-routes.ts';
import { ConstructError } from '../construct-error.ts';
import type { Destinations } from '../destinations.ts';

/**
 * Checks that AWS can lead the routes of `subscriber` to what it delivers to.
 *
 * @throws ConstructError `impossible-route` or `duplicate-subscription`.
 */
export function checkSubscriber(subscriber: Subscriber, destinations: Destinations): void {
  for (const route of subscriber.routes) checkRoute(subscriber, route, destinations);
  checkSubscriptions(subscriber);
}

function checkRoute({ key, delivery }: Subscriber, route: SubscriberRoute, destinations: Destinations): void {
  const refuse = (why: string): never => {
    throw new ConstructError('impossible-route', `Subscriber ${key}: operation ${route.operation} ${why}`);
  };
  const from = route.kind === 'eventbridge' ? 'bus' : 'topic';
  if (!origins(delivery).includes(from)) {
    refuse(`comes from a ${from}, which AWS cannot lead to delivery type '${nameOf(delivery)}'.`);
  }
  const wantsFifo = delivery.type === 'none' && delivery.fifo;
  if (route.kind === 'eventbridge') {
    if (wantsFifo) refuse('comes from a bus, which keeps no order, so its queue cannot be FIFO.');
    return;
  }
  const topic = destinations.locate(route.topic).destination;
  const isFifo = topic.kind === 'topic' && topic.fifo;
  if (isFifo && delivery.type !== 'none') refuse('comes from a FIFO topic, which delivers to queues only.');
  if (wantsFifo && !isFifo) refuse('comes from a standard topic, which keeps no order, so its queue cannot be FIFO.');
}

type Origin = 'bus' | 'topic';

function origins(delivery: SubscriberDelivery): readonly Origin[] {
  switch (delivery.type) {
    case 'workflow':
    case 'bus':
    case 'endpoint':
    case 'log':
      return ['bus'];
    case 'stream':
      return delivery.kind === 'kinesis' ? ['bus'] : ['bus', 'topic'];
    case 'email':
    case 'sms':
    case 'http':
      return ['topic'];
    case 'none':
      return ['bus', 'topic'];
    default:
      return delivery satisfies never;
  }
}

function nameOf(delivery: SubscriberDelivery): string {
  return delivery.type === 'stream' ? `stream (${delivery.kind})` : delivery.type;
}

import type { Consumer, Route, Subscriber } from '@eventloom/engine';
import { ConstructError } from './construct-error.ts';

/**
 * Checks that AWS can build the routes of `consumer`.
 *
 * @throws ConstructError `impossible-route` or `duplicate-subscription`.
 */
export function checkRoutes(consumer: Consumer): void {
  for (const route of consumer.routes) checkRoute(consumer, route);
  checkSubscriptions(consumer);
}

function checkRoute({ key, delivery }: Consumer, { kind, operation }: Route): void {
  if (kind === 'sqs' && delivery.type === 'function') {
    throw new ConstructError(
      'impossible-route',
      `Consumer ${key}: operation ${operation} reads a queue, and Lambda reads queues through an event source mapping only. Use delivery type 'queue'.`,
    );
  }
  if (kind === 'eventbridge' && delivery.type === 'queue' && delivery.fifo) {
    throw new ConstructError(
      'impossible-route',
      `Consumer ${key}: operation ${operation} comes from a bus, which keeps no order, so its queue cannot be FIFO. Use an SNS or SQS FIFO channel.`,
    );
  }
}

/**
 * SNS keeps one subscription for a topic and an endpoint; a second one with another filter policy is refused.
 *
 * @throws ConstructError `duplicate-subscription`.
 */
export function checkSubscriptions({ key, routes }: Pick<Consumer | Subscriber, 'key' | 'routes'>): void {
  const topics = routes.flatMap((route) => ('topic' in route ? [route.topic] : []));
  const repeated = topics.find((topic, index) => topics.indexOf(topic) !== index);
  if (repeated === undefined) return;
  throw new ConstructError(
    'duplicate-subscription',
    `${key} subscribes to '${repeated}' by more than one operation, and SNS allows one subscription for a topic and an endpoint. Make it one operation, or two consumers.`,
  );
}

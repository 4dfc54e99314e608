import type { Route, Subscriber, SubscriberRoute } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type ConsumerGroup, describe, emittedBy, routed, toOperation } from '../consumer-groups.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import { mergeOptions } from '../delivery-merge.ts';
import type { SubscriberModel } from '../event-model.ts';
import { alarmsOf } from '../infrastructure/alarms.ts';
import { checkSubscriptions } from '../merge-rules.ts';
import type { Messages } from '../messages.ts';
import { consumerFileName, emittedTypeName, pascalCase, wiringName } from '../names.ts';
import { isSubscriberType, type SubscriberType } from '../read/delivery-fields.ts';
import { subscriberDelivery } from './deliveries.ts';
import { checkHandlerless } from './handler-rules.ts';
import type { DeliverySource } from './options.ts';
import { checkPartitions } from './partition-rules.ts';
import { checkRoutes } from './route-rules.ts';

/** Makes the subscribers: groups of operations without a handler. Sorted by key. */
export function buildSubscribers(
  groups: readonly ConsumerGroup[],
  messages: Messages,
  problems: Diagnostic[],
): readonly SubscriberModel[] {
  return groups.flatMap((group) =>
    isSubscriberType(group.type) ? (buildSubscriber(group, group.type, { messages, problems }) ?? []) : [],
  );
}

function buildSubscriber(
  { key, service, consumer, operations }: ConsumerGroup,
  type: SubscriberType,
  { messages, problems }: { readonly messages: Messages; readonly problems: Diagnostic[] },
): SubscriberModel | null {
  const [first] = operations;
  if (first === undefined) return null;
  checkHandlerless(operations, type, problems);
  checkSubscriptions(operations, problems);
  const options = mergeOptions(operations, type, problems);
  const source: DeliverySource = {
    options,
    operations,
    origin: options.get('type')?.origin ?? first.origin,
    problems,
  };
  const delivery = subscriberDelivery(type, source);
  checkRoutes(operations, delivery, problems);
  checkPartitions(delivery, messages, source);
  const found = routed(operations.map(withoutRest), messages, problems);
  if (found.length === 0) return null;
  const wiring: Subscriber = {
    key,
    service,
    consumer,
    constructId: pascalCase(consumer),
    description: describe(operations),
    routes: found.map(({ route }) => ledBy(route)),
    delivery,
    emits: type === 'workflow' ? emittedBy(operations) : [],
    ...alarmsOf(operations, problems),
  };
  return {
    wiring,
    fileName: consumerFileName(consumer),
    wiringName: wiringName(service, consumer),
    emittedTypeName: wiring.emits.length === 0 ? null : emittedTypeName(consumer),
    operations: found.map(toOperation),
    origin: first.origin,
  };
}

/** Where there is no handler, the route says all of the filter or is told to be unable to. */
function withoutRest(operation: ReceiveDeclaration): ReceiveDeclaration {
  return { ...operation, rest: null };
}

/** That a queue leads to nothing but functions was reported; something stands in, so that it is told once. */
function ledBy(route: Route): SubscriberRoute {
  if (route.kind !== 'sqs') return route;
  const { operation, constructId, events, queue } = route;
  return {
    kind: 'sns',
    operation,
    constructId,
    events,
    topic: queue,
    filterPolicy: null,
    filterPolicyScope: 'MessageBody',
  };
}

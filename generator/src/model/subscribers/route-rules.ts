import type { SubscriberDelivery } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { Placement, ReceiveDeclaration } from '../declarations.ts';
import { readsFifo } from '../deliveries.ts';
import { quote } from '../wording.ts';

/** What AWS can lead to a delivery: a rule of a bus, a subscription of a topic, or either. */
type Feeder = 'rule' | 'subscription' | 'either';

/** Says which feeds a delivery. Source: targets of EventBridge rules, endpoints of SNS subscriptions. */
function feederOf(delivery: SubscriberDelivery): Feeder {
  switch (delivery.type) {
    case 'workflow':
    case 'bus':
    case 'endpoint':
    case 'log':
      return 'rule';
    case 'email':
    case 'sms':
    case 'http':
      return 'subscription';
    case 'none':
      return 'either';
    case 'stream':
      return delivery.kind === 'kinesis' ? 'rule' : 'either';
    default:
      return delivery satisfies never;
  }
}

/** Reports operations whose channel cannot lead to the delivery, with the way out. */
export function checkRoutes(
  operations: readonly ReceiveDeclaration[],
  delivery: SubscriberDelivery,
  problems: Diagnostic[],
): void {
  for (const operation of operations) {
    const { placement } = operation.channel;
    const fault =
      placement === null ? null : (routeFault(operation, placement, delivery) ?? fifoFault(operation, delivery));
    if (fault !== null) problems.push(fault);
  }
}

function routeFault(
  { channel, key, origin }: ReceiveDeclaration,
  placement: Placement,
  delivery: SubscriberDelivery,
): Diagnostic | null {
  const feeder = feederOf(delivery);
  const what = nameOf(delivery);
  if (placement.kind === 'queue') {
    const message = `Channel ${quote(channel.key)} is a point-to-point queue, which leads to functions only; operation ${quote(key)} has ${what}.`;
    return report('delivery-route', origin, message, `${wayOut[feeder]} Or take delivery type \`queue\`.`);
  }
  const isRule = placement.kind === 'bus';
  if (feeder === 'either' || isRule === (feeder === 'rule')) return null;
  const fed = isRule
    ? 'on a bus, whose rules cannot lead to it'
    : placement.kind === 'topic'
      ? 'an SNS topic, whose subscriptions cannot lead to it'
      : 'a topic behind a bus, whose subscriptions cannot lead to it';
  const message = `Operation ${quote(key)} has ${what}, and channel ${quote(channel.key)} is ${fed}.`;
  const help =
    placement.kind === 'bus-topic'
      ? 'Remove `bindings.sns` of the channel, so that it gets a rule of its own, or receive from a second channel.'
      : wayOut[feeder];
  return report('delivery-route', origin, message, help);
}

const wayOut: Readonly<Record<Feeder, string>> = {
  rule: 'Put the channel on a bus: `servers`, without `bindings.sns`.',
  subscription: 'Give the channel `bindings.sns` beside `servers`: the bus then feeds a topic.',
  either: 'Put the channel on a bus, or make it a topic (`bindings.sns`).',
};

/** A FIFO topic delivers to SQS only, and a FIFO queue takes from FIFO topics only. Source: SNS developer guide, fifo-topic-message-delivery. */
function fifoFault(operation: ReceiveDeclaration, delivery: SubscriberDelivery): Diagnostic | null {
  const isFifo = readsFifo(operation);
  const { origin } = operation;
  const channel = quote(operation.channel.key);
  if (isFifo && delivery.type !== 'none') {
    const message = `Channel ${channel} is an SNS FIFO topic, which delivers to queues only; operation ${quote(operation.key)} has ${nameOf(delivery)}.`;
    const help = 'Make the topic a standard one, or take delivery type `queue` or `none`.';
    return report('delivery-route', origin, message, help);
  }
  if (isFifo || delivery.type !== 'none' || !delivery.fifo) return null;
  const message = `The queue of operation ${quote(operation.key)} is FIFO, and channel ${channel} is not: it could not feed the queue in order.`;
  const help = 'Name a standard queue, or receive from an SNS FIFO topic.';
  return report('fifo-mismatch', origin, message, help);
}

function nameOf(delivery: SubscriberDelivery): string {
  return delivery.type === 'stream'
    ? `delivery type \`stream\` of kind \`${delivery.kind}\``
    : `delivery type \`${delivery.type}\``;
}

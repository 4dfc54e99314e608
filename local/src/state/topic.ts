import { matchesFilterPolicy } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import { type Content, createContent } from './content.ts';
import { deduplicationIdOf, findDuplicate } from './deduplicate.ts';
import { type DeliveryFailure, deliverOver, reasonOf } from './deliver.ts';
import { notificationDocument, type TopicNotification, topicEvent } from './envelopes.ts';
import { type Accepted, send } from './queue.ts';
import { handOver } from './subscribers/hand-over.ts';
import { sendToReader } from './subscribers/send-to-reader.ts';
import type { Queue, Subscription, Topic, World } from './world.ts';

/** A message for a topic. */
export interface TopicMessage {
  readonly content: Content;
  /** Number of the event in the ledger, or what makes one once the message is accepted. */
  readonly event: number | ((messageId: string) => number);
  readonly subject?: string | null;
  readonly traceHeader?: string | null;
  readonly groupId?: string | null;
  readonly deduplicationId?: string | null;
}

/** Publishes to a topic: every subscription whose filter policy matches delivers it. A FIFO topic drops duplicates. */
export function publishToTopic(world: World, topic: Topic, message: TopicMessage): Accepted {
  const now = world.scheduler.now();
  const id = topic.fifo ? deduplicationIdOf(message.content, message.deduplicationId ?? null) : null;
  const known = id === null ? undefined : findDuplicate(topic.deduplication, id, now);
  if (known !== undefined && id !== null) {
    world.journal.add(now, { kind: 'deduplicated', destination: topic.name, deduplicationId: id });
    return known;
  }
  const messageId = nextUuid(world.random);
  const sequence = topic.sequence++;
  if (id !== null) topic.deduplication.set(id, { at: now, messageId, sequence });
  const event = typeof message.event === 'number' ? message.event : message.event(messageId);
  for (const subscription of topic.subscriptions) {
    if (!accepts(subscription, message.content)) continue;
    deliverTo(world, topic, subscription, { ...message, messageId, event, deduplicationId: id });
  }
  return { messageId, sequence: topic.fifo ? sequence : null };
}

function accepts({ policy }: Subscription, { body, attributes }: Content): boolean {
  return policy === null || matchesFilterPolicy(policy, { body, attributes });
}

/** Numbers of the consumers whose subscriptions accept a message. */
export function subscribersOf({ subscriptions }: Topic, content: Content): readonly number[] {
  const accepting = subscriptions.filter((subscription) => accepts(subscription, content));
  return accepting.flatMap(({ target }) => consumerOf(target) ?? []);
}

type Target = Subscription['target'];

function consumerOf(target: Target): number | null {
  return target.kind === 'queue' ? target.queue.consumer : target.function.index;
}

/** The dead-letter queue of the consumer that a rule or a subscription delivers to; null when there is no consumer. */
export function deadLetterQueueOfTarget({ functions }: World, target: Target): Queue | null {
  const consumer = consumerOf(target);
  return consumer === null ? null : (functions[consumer]?.deadLetterQueue ?? null);
}

interface DeliveredMessage extends TopicMessage {
  readonly messageId: string;
  readonly event: number;
}

function deliverTo(world: World, topic: Topic, subscription: Subscription, message: DeliveredMessage): void {
  const { target } = subscription;
  const { event, groupId = null, deduplicationId = null } = message;
  const consumer = consumerOf(target);
  const deadLetters = deadLetterQueueOfTarget(world, target);
  if (consumer === null || deadLetters === null) {
    deliver(world, topic, subscription, { ...message, giveUp: () => {} });
    return;
  }
  const giveUp = (failure: DeliveryFailure) => {
    const content = undeliverable(world, topic, subscription, message);
    const reason = reasonOf({ kind: 'subscription' }, failure);
    const rest = { event, groupId, deduplicationId, senderId: snsSender, reason } as const;
    send(world, deadLetters, { content, ...rest, deadLetteredBy: 'subscription' });
  };
  deliverOver(world, {
    kind: 'subscription',
    event,
    consumers: [consumer],
    fifo: target.kind === 'queue' && target.queue.fifo,
    deliver: () => deliver(world, topic, subscription, { ...message, giveUp }),
    giveUp,
  });
}

/** What SNS puts on the dead-letter queue: what the endpoint would have got, a function's as the notification in it. */
function undeliverable(world: World, topic: Topic, subscription: Subscription, message: DeliveredMessage): Content {
  if (subscription.target.kind !== 'function') return message.content;
  const { Records } = topicEvent(world.location, notificationOf(world, topic, subscription, message)) as {
    readonly Records: readonly { readonly Sns: unknown }[];
  };
  return createContent(JSON.stringify(Records[0]?.Sns));
}

function notificationOf(
  world: World,
  topic: Topic,
  { arn }: Subscription,
  message: DeliveredMessage,
): TopicNotification {
  return {
    messageId: message.messageId,
    topicArn: topic.arn,
    subscriptionArn: arn,
    publishedAt: world.scheduler.now(),
    subject: message.subject ?? null,
    message: message.content.body,
    attributes: message.content.attributes,
  };
}

function deliver(
  world: World,
  topic: Topic,
  subscription: Subscription,
  message: DeliveredMessage & { giveUp(failure: DeliveryFailure): void },
): void {
  const { target } = subscription;
  const { content, event, traceHeader = null, groupId = null, deduplicationId = null } = message;
  if (target.kind === 'queue') {
    const outgoing = { content, event, traceHeader, groupId, deduplicationId, senderId: snsSender };
    sendToReader(world, target.queue, outgoing);
    return;
  }
  if (target.kind === 'subscriber') {
    const document = () => notificationDocument(world.location, notificationOf(world, topic, subscription, message));
    const { giveUp } = message;
    handOver(world, target.function, { hop: 'subscription', event, content, to: target.to, document, giveUp });
    return;
  }
  const payload = JSON.stringify(topicEvent(world.location, notificationOf(world, topic, subscription, message)));
  invokeAsynchronously(world, target.function, { payload, event, body: content.body });
}

/** SenderId of what SNS sends; on AWS the id of a role of the service. */
const snsSender = 'AIDASNSLOCAL000000001';

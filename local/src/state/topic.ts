import { matchesFilterPolicy } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import type { Content } from './content.ts';
import { deduplicationIdOf, findDuplicate } from './deduplicate.ts';
import { topicEvent } from './envelopes.ts';
import { type Accepted, send } from './queue.ts';
import type { Subscription, Topic, World } from './world.ts';

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
    deliver(world, topic, subscription, { ...message, messageId, event, deduplicationId: id });
  }
  return { messageId, sequence: topic.fifo ? sequence : null };
}

function accepts({ policy }: Subscription, { body, attributes }: Content): boolean {
  return policy === null || matchesFilterPolicy(policy, { body, attributes });
}

function deliver(
  world: World,
  topic: Topic,
  { arn, target }: Subscription,
  message: TopicMessage & { readonly messageId: string; readonly event: number },
): void {
  const { content, event, traceHeader = null, groupId = null, deduplicationId = null } = message;
  if (target.kind === 'queue') {
    send(world, target.queue, { content, event, traceHeader, groupId, deduplicationId, senderId: snsSender });
    return;
  }
  const notification = {
    messageId: message.messageId,
    topicArn: topic.arn,
    subscriptionArn: arn,
    publishedAt: world.scheduler.now(),
    subject: message.subject ?? null,
    message: content.body,
    attributes: content.attributes,
  };
  const payload = JSON.stringify(topicEvent(world.location, notification));
  invokeAsynchronously(world, target.function, { payload, event, body: content.body });
}

/** SenderId of what SNS sends; on AWS the id of a role of the service. */
const snsSender = 'AIDASNSLOCAL000000001';

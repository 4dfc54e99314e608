import type { EventReference } from './accounting/activity.ts';
import { eventAt } from './accounting/ledger.ts';
import type { DeadLetterOrigin, Message } from './state/message.ts';
import { subscribersOf } from './state/topic.ts';
import type { LambdaFunction, World } from './state/world.ts';

/** A message on a dead-letter queue. */
export interface DeadLetter {
  /** The event that it carries. */
  readonly event: EventReference;
  /** As it stood on the queue; for a consumer of type `function`, Lambda's record of the failed invocation as JSON. */
  readonly body: string;
  /** Message attributes by name; binary values in base64. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * Who put it there: the consumer's `queue`, the `rule` or the `subscription` that could not deliver it, Lambda after
   * the retries of the `function`, or the `handler`; `client` is anyone else.
   */
  readonly from: DeadLetterOrigin | 'client';
  /** How often the consumer's queue had handed it out. */
  readonly receiveCount: number;
  /** Why it is here, as far as the system could tell. */
  readonly reason: string;
}

/**
 * What stands on the dead-letter queues of a consumer, oldest first: its own, those of the channels' queues that it
 * reads, and those of the rules that feed topics which it subscribes to.  Throws when there is no such consumer.
 */
export function deadLettersOf(world: World, consumer: string): readonly DeadLetter[] {
  const target = world.functions.find((candidate) => candidate.consumer.key === consumer);
  if (target === undefined) {
    throw new Error(`There is no consumer ${consumer}. Consumers: ${world.ledger.consumers.join(', ')}`);
  }
  return messagesFor(world, target).map(({ event, content, receiveCount, reason, deadLetteredBy }) => {
    const { id, name, source } = eventAt(world.ledger, event);
    const attributes = [...content.attributes].map(([key, { stringValue, binaryValue }]) => [
      key,
      stringValue ?? binaryValue ?? '',
    ]);
    return {
      event: { id, name, source },
      body: content.body,
      attributes: Object.fromEntries(attributes),
      from: deadLetteredBy ?? 'client',
      receiveCount,
      reason: reason ?? '',
    };
  });
}

function messagesFor(world: World, target: LambdaFunction): readonly Message[] {
  const channels = target.sources.flatMap(({ queue }) => queue.redrive?.queue ?? []);
  const own = [...new Set([target.deadLetterQueue, ...channels])].flatMap(({ shelf }) => [...shelf.all.values()]);
  const feeds = [...world.topics.values()].flatMap((topic) =>
    [...(topic.feedDeadLetterQueue?.shelf.all.values() ?? [])].filter(({ content }) =>
      subscribersOf(topic, content).includes(target.index),
    ),
  );
  return feeds.length === 0 ? own : [...own, ...feeds].sort((left, right) => left.sentAt - right.sentAt);
}

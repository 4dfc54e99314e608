import type { EventReference } from './accounting/activity.ts';
import { eventAt } from './accounting/ledger.ts';
import type { World } from './state/world.ts';

/** A message on a dead-letter queue. */
export interface DeadLetter {
  /** The event that it carries. */
  readonly event: EventReference;
  /** As it stood on the queue; for a consumer of type `function`, Lambda's record of the failed invocation as JSON. */
  readonly body: string;
  /** Message attributes by name; binary values in base64. */
  readonly attributes: Readonly<Record<string, string>>;
  /** How often the consumer's queue had handed it out. */
  readonly receiveCount: number;
  /** Why it is here, as far as the system could tell. */
  readonly reason: string;
}

/** What stands on the dead-letter queue of a consumer, oldest first. Throws when there is no such consumer. */
export function deadLettersOf(world: World, consumer: string): readonly DeadLetter[] {
  const target = world.functions.find((candidate) => candidate.consumer.key === consumer);
  if (target === undefined) {
    throw new Error(`There is no consumer ${consumer}. Consumers: ${world.ledger.consumers.join(', ')}`);
  }
  const messages = [...target.deadLetterQueue.shelf.all.values()];
  return messages.map(({ event, content, receiveCount, reason }) => {
    const { id, name, source } = eventAt(world.ledger, event);
    const attributes = [...content.attributes].map(([key, { stringValue, binaryValue }]) => [
      key,
      stringValue ?? binaryValue ?? '',
    ]);
    return {
      event: { id, name, source },
      body: content.body,
      attributes: Object.fromEntries(attributes),
      receiveCount,
      reason: reason ?? '',
    };
  });
}

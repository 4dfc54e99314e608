import { cellIndex } from '../accounting/ledger.ts';
import type { Content } from './content.ts';
import { subscribersOf } from './topic.ts';
import type { Queue, Topic, World } from './world.ts';

/**
 * Numbers of the consumers whose dead letter stands on a queue: its own, or that of a channel's queue that it reads, or
 * that of the rule that feeds a topic which it subscribes to.
 */
export function consumersOfLetter({ functions, topics }: World, queue: Queue, content: Content): readonly number[] {
  const fed = [...topics.values()].find(({ feedDeadLetterQueue }) => feedDeadLetterQueue === queue);
  if (fed !== undefined) return subscribersOf(fed, content);
  return functions.filter((target) => letterQueuesOf(target).includes(queue)).map(({ index }) => index);
}

/** Number of the event that a message to a topic brings back from the dead-letter queue of the rule that feeds it. */
export function backToTopic({ feedDeadLetterQueue }: Topic, { body }: Content): number | undefined {
  const letters = [...(feedDeadLetterQueue?.shelf.all.values() ?? [])];
  return letters.find(({ content }) => content.body === body)?.event;
}

/** Number of the event that a message to the queue of a consumer brings back from its dead-letter queue. */
export function backFrom(world: World, queue: Queue, { attributes, body }: Content): number | undefined {
  const { consumer } = queue;
  const target = consumer === null ? undefined : world.functions[consumer];
  if (consumer === null || target === undefined || world.ledger.standing.size === 0) return undefined;
  const event = world.ledger.indexById.get(attributes.get('id')?.stringValue ?? idIn(body) ?? '');
  if (event !== undefined && world.ledger.standing.has(cellIndex(world.ledger, event, consumer))) return event;
  const letters = letterQueuesOf(target).flatMap(({ shelf }) => [...shelf.all.values()]);
  return letters.find(({ content }) => content.body === body)?.event;
}

function letterQueuesOf({ deadLetterQueue, sources }: World['functions'][number]): readonly Queue[] {
  return [deadLetterQueue, ...sources.flatMap(({ queue }) => queue.redrive?.queue ?? [])];
}

/** The id in an envelope of EventBridge. */
function idIn(body: string): string | undefined {
  try {
    const { id } = Object(JSON.parse(body)) as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

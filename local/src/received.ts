import type { LambdaFunction, World } from './state/world.ts';
import type { Reception } from './targets.ts';

/** What the target of a subscriber has got, oldest first; the latest, when it was very much. */
export function receivedBy(world: World, subscriber: string): readonly Reception[] {
  const { receptions = [], limit = 0 } = subscriberOf(world, subscriber).end ?? {};
  return receptions.slice(-limit);
}

/** URL of the queue of a subscriber. Throws when it has none. */
export function queueUrlOf(world: World, subscriber: string): string {
  const [source] = subscriberOf(world, subscriber).sources;
  if (source !== undefined) return source.queue.url;
  throw new Error(`${subscriber} has no queue: its delivery is not of type none`);
}

function subscriberOf({ functions }: World, key: string): LambdaFunction {
  const subscribers = functions.filter(({ end }) => end !== undefined);
  const found = subscribers.find(({ consumer }) => consumer.key === key);
  if (found !== undefined) return found;
  const known = subscribers.map(({ consumer }) => consumer.key).join(', ') || 'none';
  throw new Error(`There is no subscriber ${key}. Subscribers: ${known}`);
}

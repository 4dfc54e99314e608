import type { DeadLetterReading } from '@eventloom/engine';
import type { RedriveAws, StandingMessage } from './aws.ts';
import { isFifo, queueOf, type Target } from './target.ts';

/** A dead letter whose event can be brought back. */
export interface ReturningLetter {
  readonly letter: StandingMessage;
  /** Null where the letter does not name it. */
  readonly event: string | null;
  readonly back: NonNullable<DeadLetterReading['back']>;
}

/**
 * Decides where an event goes back to, and returns what sends it there; that rejects with the SDK's error. On a FIFO
 * queue the id of the dead letter guards against a second run before it was deleted.
 * @throws {Error} when it is not known where the event belongs.
 */
export function sendingBack(
  aws: RedriveAws,
  target: Target,
  { letter, event, back }: ReturningLetter,
): () => Promise<void> {
  const topicArn = topicOf(letter);
  if (target.kind === 'topic') {
    if (topicArn?.endsWith(`:${target.name}`) !== true) throw new Error(`its rule does not feed ${target.name}`);
    return async () => (await aws.topics()).publish(topicArn, letter.body);
  }
  // One queue of a consumer would take it from all other consumers of the topic.
  if (topicArn !== null) throw new Error(`its rule feeds the topic ${topicArn}: leave out --dead-letter-queue-url`);
  if (back.to === 'function') {
    if (target.kind !== 'function') throw impossible(back.to, target.kind);
    return async () => (await aws.functions()).invoke(target.name, back.payload);
  }
  if (target.kind === 'function') throw impossible(back.to, target.kind);
  const url = target.kind === 'queue' ? target.url : queueOf(target, event);
  const deduplicationId = isFifo(url) ? letter.id : null;
  return () => aws.queues.send(url, { message: back, deduplicationId });
}

/** The topic that EventBridge could not deliver a letter to; null for anything else. */
function topicOf({ attributes }: StandingMessage): string | null {
  const arn = Object.hasOwn(attributes, 'TARGET_ARN') ? attributes.TARGET_ARN?.StringValue : undefined;
  return arn?.split(':')[2] === 'sns' ? arn : null;
}

function impossible(to: string, kind: Target['kind']): Error {
  return new Error(`a message for a ${to} cannot go to a ${kind}`);
}

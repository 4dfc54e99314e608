import type { DeadLetterReading } from '@eventloom/engine';
import type { RedriveAws } from './aws.ts';
import { isFifo, queueOf, type Target } from './target.ts';

/** An event that was read off a dead-letter queue. */
export interface ReturningEvent {
  /** Of the dead letter. */
  readonly messageId: string;
  /** Null where the dead letter does not tell. */
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
  { messageId, event, back }: ReturningEvent,
): () => Promise<void> {
  if (back.to === 'function') {
    if (target.kind !== 'function') throw impossible(back.to, target.kind);
    return async () => (await aws.functions()).invoke(target.name, back.payload);
  }
  if (target.kind === 'function') throw impossible(back.to, target.kind);
  const url = target.kind === 'queue' ? target.url : queueOf(target, event);
  const deduplicationId = isFifo(url) ? messageId : null;
  return () => aws.queues.send(url, { message: back, deduplicationId });
}

function impossible(to: string, kind: Target['kind']): Error {
  return new Error(`a message for a ${to} cannot go to a ${kind}`);
}

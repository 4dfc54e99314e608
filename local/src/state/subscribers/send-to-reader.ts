import { type Accepted, type Outgoing, send } from '../queue.ts';
import type { Queue, World } from '../world.ts';
import { keepReception, receptionOf } from './reception.ts';

/** Puts a message on the queue of a consumer or of a subscriber, which has received it then. */
export function sendToReader(world: World, queue: Queue, outgoing: Outgoing & { readonly event: number }): Accepted {
  const before = queue.sequence;
  const accepted = send(world, queue, outgoing);
  const target = queue.consumer === null ? undefined : world.functions[queue.consumer];
  // A FIFO queue drops duplicates.
  if (target?.end === undefined || queue.sequence === before) return accepted;
  const { content, event } = outgoing;
  keepReception(world, target, receptionOf(world, target, { content, event, to: null, document: null }));
  return accepted;
}

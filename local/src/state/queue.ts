import { closeDelivery, enterEvent, eventAt, openDelivery } from '../accounting/ledger.ts';
import { nextUuid } from '../random.ts';
import type { Content } from './content.ts';
import { deduplicationIdOf, findDuplicate } from './deduplicate.ts';
import type { DeadLetterOrigin, Message } from './message.ts';
import type { Queue, World } from './world.ts';

/** A message to be put on a queue. */
export interface Outgoing {
  readonly content: Content;
  /** Number of the event in the ledger, or what makes one once the message is accepted. */
  readonly event: number | ((messageId: string) => number);
  readonly senderId: string;
  readonly traceHeader?: string | null;
  readonly groupId?: string | null;
  readonly deduplicationId?: string | null;
  /** Overrides the delay of the queue. */
  readonly delaySeconds?: number | null;
  readonly reason?: string | null;
  /** Who dead-letters it; null for any other message. */
  readonly deadLetteredBy?: DeadLetterOrigin | null;
}

/** What a queue says about a message that it has accepted. */
export interface Accepted {
  readonly messageId: string;
  /** FIFO queues only. */
  readonly sequence: number | null;
}

/** Puts a message on a queue. A FIFO queue accepts a duplicate and drops it. */
export function send(world: World, queue: Queue, outgoing: Outgoing): Accepted {
  const now = world.scheduler.now();
  const id = queue.fifo ? deduplicationIdOf(outgoing.content, outgoing.deduplicationId ?? null) : null;
  const known = id === null ? undefined : findDuplicate(queue.deduplication, id, now);
  if (known !== undefined && id !== null) {
    world.journal.add(now, { kind: 'deduplicated', destination: queue.name, deduplicationId: id });
    return known;
  }
  const message = createMessage(world, queue, outgoing, id);
  if (id !== null) queue.deduplication.set(id, { at: now, messageId: message.id, sequence: message.sequence });
  if (queue.consumer !== null) announce(world, queue.consumer, message.event);
  shelve(queue, message);
  return { messageId: message.id, sequence: queue.fifo ? message.sequence : null };
}

/** Receives up to `maximum` messages, hidden for the visibility timeout. Messages received too often are moved away. */
export function receive(
  world: World,
  queue: Queue,
  options: { readonly maximum: number; readonly visibilityTimeoutSeconds?: number; readonly number?: number },
): readonly Message[] {
  const now = world.scheduler.now();
  const seconds = options.visibilityTimeoutSeconds ?? queue.visibilityTimeoutSeconds;
  // At least a moment, or one receive would take the same message again and again.
  const hiddenUntil = now + Math.max(1, seconds * 1000);
  const number = options.number ?? queue.receives++;
  const received: Message[] = [];
  while (received.length < options.maximum) {
    const message = queue.shelf.take(now, hiddenUntil, number);
    if (message === undefined) break;
    if (isExpired(queue, message, now)) lose(world, queue, message, 'kept longer than the retention period');
    else if (!redrive(world, queue, message)) received.push(handOut(message, now));
  }
  return received;
}

/** Deletes a message for good. */
export function remove(queue: Queue, message: Message): void {
  queue.shelf.remove(message);
}

/** Deletes a message that its reader has handled. */
export function take(world: World, queue: Queue, message: Message): void {
  remove(queue, message);
  if (queue.consumer === null) return;
  closeDelivery(world.ledger, message.event, queue.consumer, { outcome: 'handled' });
  const about = subject(world, message.event, queue.consumer);
  world.journal.add(world.scheduler.now(), { kind: 'handled', ...about, attempt: message.receiveCount });
}

/** Deletes a message that nobody has handled. */
export function lose(world: World, queue: Queue, message: Message, reason: string): void {
  remove(queue, message);
  if (queue.consumer === null) return;
  closeDelivery(world.ledger, message.event, queue.consumer, { outcome: 'lost', reason });
  world.journal.add(world.scheduler.now(), { kind: 'lost', ...subject(world, message.event, queue.consumer), reason });
}

/** Hides a message until `at`, or shows it when that is past. */
export function hideUntil(queue: Queue, message: Message, at: number): void {
  message.visibleAt = at;
  queue.shelf.reschedule(message);
  queue.onWaiting?.(at);
}

/** Moves a message to the dead-letter queue. It keeps its id, its content, its age and its receive count. */
export function moveToDeadLetters(world: World, queue: Queue, message: Message, target: Queue): void {
  remove(queue, message);
  const now = world.scheduler.now();
  const sequence = target.sequence++;
  const moved = {
    ...message,
    sequence,
    deadLetterSource: queue.arn,
    deadLetteredBy: 'queue' as const,
    takenBy: -1,
    visibleAt: now,
  };
  shelve(target, moved);
  if (queue.consumer === null) return;
  const reason = message.reason ?? `received ${message.receiveCount} times`;
  moved.reason = reason;
  closeDelivery(world.ledger, message.event, queue.consumer, { outcome: 'deadLettered', reason });
  world.journal.add(now, { kind: 'deadLettered', ...subject(world, message.event, queue.consumer), reason });
}

/** The event and the consumer of an activity. */
export function subject(
  world: World,
  event: number,
  consumer: number,
): {
  readonly event: { readonly id: string; readonly name: string; readonly source: string };
  readonly consumer: string;
} {
  const { id, name, source } = eventAt(world.ledger, event);
  return { event: { id, name, source }, consumer: world.ledger.consumers[consumer] ?? '' };
}

/** Notes that an event is on its way to a consumer. */
export function announce(world: World, consumer: number, event: number): void {
  openDelivery(world.ledger, event, consumer);
  world.journal.add(world.scheduler.now(), { kind: 'delivered', ...subject(world, event, consumer) });
}

/** Enters an event into the ledger and the journal. */
export function publish(world: World, event: Omit<Parameters<typeof enterEvent>[1], 'publishedAt'>): number {
  const publishedAt = world.scheduler.now();
  const { index, id, name, source } = enterEvent(world.ledger, { ...event, publishedAt });
  if (event.publisher === null) world.activity.outsideEvents++;
  world.journal.add(publishedAt, {
    kind: 'published',
    event: { id, name, source },
    destination: event.destination,
    publisher: event.publisher,
    causes: event.causes.map((cause) => eventAt(world.ledger, cause).id),
  });
  return index;
}

function createMessage(world: World, queue: Queue, outgoing: Outgoing, deduplicationId: string | null): Message {
  const now = world.scheduler.now();
  const id = nextUuid(world.random);
  const delaySeconds = (queue.fifo ? null : outgoing.delaySeconds) ?? queue.delaySeconds;
  return {
    id,
    content: outgoing.content,
    event: typeof outgoing.event === 'number' ? outgoing.event : outgoing.event(id),
    sentAt: now,
    senderId: outgoing.senderId,
    traceHeader: outgoing.traceHeader ?? null,
    groupId: outgoing.groupId ?? null,
    deduplicationId,
    sequence: queue.sequence++,
    deadLetterSource: null,
    deadLetteredBy: outgoing.deadLetteredBy ?? null,
    visibleAt: now + delaySeconds * 1000 + latenessOf(world, queue),
    receiveCount: 0,
    firstReceivedAt: null,
    takenBy: -1,
    reason: outgoing.reason ?? null,
  };
}

/** Milliseconds by which a message of a standard queue lets others overtake it. */
function latenessOf({ faults }: World, { fifo, consumer }: Queue): number {
  if (fifo || consumer === null || !faults.strikes('messageDelayed')) return 0;
  return faults.below('messageDelayed', 10_000);
}

function shelve(queue: Queue, message: Message): void {
  queue.shelf.add(message);
  queue.onWaiting?.(message.visibleAt);
}

function isExpired(queue: Queue, message: Message, now: number): boolean {
  return now - message.sentAt > queue.retentionSeconds * 1000;
}

function redrive(world: World, queue: Queue, message: Message): boolean {
  if (queue.redrive === null || message.receiveCount < queue.redrive.maxReceiveCount) return false;
  moveToDeadLetters(world, queue, message, queue.redrive.queue);
  return true;
}

function handOut(message: Message, now: number): Message {
  message.receiveCount++;
  message.firstReceivedAt ??= now;
  return message;
}

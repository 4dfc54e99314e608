import { limits, matchesMappingFilter } from '@eventloom/engine';
import { closeDelivery, countsOf } from '../accounting/ledger.ts';
import { nextUuid } from '../random.ts';
import { describeFailure } from './asynchronous.ts';
import { batchFailures } from './batch-response.ts';
import { queueRecord } from './envelopes.ts';
import type { Message } from './message.ts';
import { receive, remove, subject } from './queue.ts';
import type { InvocationResult, LambdaFunction, MappingFilter, Queue, World } from './world.ts';

/** Settings of an event source mapping. */
export interface MappingOptions {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Invocations at once; null is what an account allows. */
  readonly maxConcurrency: number | null;
  /** What does not match is deleted; null lets everything through. */
  readonly filter: MappingFilter;
}

interface Mapping extends MappingOptions {
  readonly queue: Queue;
  readonly target: LambdaFunction;
  /** Invocations under way. */
  active: number;
  batch: Batch;
  /** The next poll. */
  poll: { readonly at: number; readonly cancel: () => void } | null;
}

interface Batch {
  readonly messages: Message[];
  /** The receive that its messages were taken by. */
  readonly receive: number;
  bytes: number;
  /** When it is invoked at the latest, in milliseconds since the epoch. */
  deadline: number;
}

/** Connects a queue to a function: batches of messages become invocations, what they handle is deleted. */
export function connectMapping(world: World, queue: Queue, target: LambdaFunction, options: MappingOptions): void {
  const mapping: Mapping = { ...options, queue, target, active: 0, batch: newBatch(queue), poll: null };
  queue.onWaiting = (at) => planPoll(world, mapping, at);
}

function newBatch(queue: Queue): Batch {
  return { messages: [], receive: queue.receives++, bytes: 0, deadline: 0 };
}

/** Polls at `at` at the latest. An earlier poll that is planned already stays: it will look again. */
function planPoll(world: World, mapping: Mapping, at: number): void {
  if (mapping.poll !== null && mapping.poll.at <= at) return;
  mapping.poll?.cancel();
  const cancel = world.scheduler.schedule(at, () => {
    mapping.poll = null;
    poll(world, mapping);
  });
  mapping.poll = { at, cancel };
}

function poll(world: World, mapping: Mapping): void {
  while (mapping.active < (mapping.maxConcurrency ?? limits.accountConcurrentExecutions.value)) {
    gather(world, mapping);
    const { batch } = mapping;
    if (batch.messages.length === 0) break;
    if (!isFull(mapping) && world.scheduler.now() < batch.deadline) break;
    mapping.batch = newBatch(mapping.queue);
    launch(world, mapping, batch);
  }
  planNextPoll(world, mapping);
}

function planNextPoll(world: World, mapping: Mapping): void {
  const isBusy = mapping.active >= (mapping.maxConcurrency ?? limits.accountConcurrentExecutions.value);
  const waiting = mapping.queue.shelf.nextVisibleAt(world.scheduler.now());
  const flush = mapping.batch.messages.length > 0 ? mapping.batch.deadline : null;
  const next = Math.min(waiting ?? Number.POSITIVE_INFINITY, flush ?? Number.POSITIVE_INFINITY);
  // A busy mapping looks again when an invocation ends.
  if (!isBusy && next !== Number.POSITIVE_INFINITY) planPoll(world, mapping, next);
  else {
    mapping.poll?.cancel();
    mapping.poll = null;
  }
}

function gather(world: World, mapping: Mapping): void {
  const { batch, queue, target } = mapping;
  while (!isFull(mapping)) {
    const [message] = receive(world, queue, { maximum: 1, number: batch.receive });
    if (message === undefined) return;
    if (isFilteredOut(mapping.filter, message)) {
      remove(queue, message);
      closeDelivery(world.ledger, message.event, target.index, { outcome: 'filtered' });
      const about = subject(world, message.event, target.index);
      world.journal.add(world.scheduler.now(), { kind: 'filtered', ...about });
      continue;
    }
    if (batch.messages.length === 0) batch.deadline = world.scheduler.now() + mapping.batchingWindowSeconds * 1000;
    batch.messages.push(message);
    batch.bytes += message.content.bytes;
  }
}

function isFilteredOut(filter: MappingFilter, message: Message): boolean {
  return filter !== null && !matchesMappingFilter(filter, { body: message.content.body });
}

/** A batch closes before another message could take it past what an invocation carries. */
function isFull({ batch, batchSize }: Mapping): boolean {
  const room = limits.synchronousPayloadBytes.value - limits.queueMessageBytesMaximum.value;
  return batch.messages.length >= batchSize || batch.bytes > room;
}

function launch(world: World, mapping: Mapping, batch: Batch): void {
  const { queue, target } = mapping;
  mapping.active++;
  const counts = countsOf(world.ledger, target.index);
  counts.retried += batch.messages.filter(({ receiveCount }) => receiveCount > 1).length;
  const requestId = nextUuid(world.random);
  world.scheduler.schedule(world.scheduler.now(), async () => {
    // Made only now: hundreds of batches may be waiting to be handled one after the other.
    const payload = { Records: batch.messages.map((message) => queueRecord(world.location, queue, message)) };
    const records = batch.messages.map(({ id, event, content }) => ({ messageId: id, event, body: content.body }));
    const result = await target.invoke({ requestId, payload, records, attempt: null });
    const end = world.scheduler.now() + result.milliseconds;
    world.scheduler.schedule(end, () => completeBatch(world, mapping, batch, result));
  });
}

function completeBatch(world: World, mapping: Mapping, batch: Batch, result: InvocationResult): void {
  mapping.active--;
  const reasons = failureReasons(batch, result);
  for (const message of batch.messages) complete(world, mapping, message, { reason: reasons.get(message.id), result });
  poll(world, mapping);
}

/** Why messages of a batch failed, by message id. */
function failureReasons({ messages }: Batch, result: InvocationResult): ReadonlyMap<string, string> {
  const ids = messages.map(({ id }) => id);
  const all = (reason: string) => new Map(ids.map((id) => [id, reason]));
  if (result.failure !== null) return all(describeFailure(result.failure));
  const failures = batchFailures(result.response, new Set(ids));
  if (failures.kind === 'malformed') return all(failures.reason);
  const noted = (id: string) => result.notes.get(id) ?? 'reported in batchItemFailures';
  return new Map([...failures.identifiers].map((id) => [id, noted(id)]));
}

interface Ended {
  /** Undefined when the message was handled. */
  readonly reason: string | undefined;
  readonly result: InvocationResult;
}

function complete(world: World, { queue, target }: Mapping, message: Message, { reason, result }: Ended): void {
  // Another receive may have had it meanwhile, when the function took longer than the visibility timeout.
  if (!queue.shelf.all.has(message.id)) return;
  const now = world.scheduler.now();
  const about = subject(world, message.event, target.index);
  if (reason !== undefined) {
    // The message stays hidden until its visibility timeout is over.
    message.reason = reason;
    world.journal.add(now, { kind: 'failed', ...about, attempt: message.receiveCount, reason });
    return;
  }
  // Deleted, and yet handed out again: it stays until its visibility timeout is over.
  if (!queue.fifo && world.faults.strikes('messageRedelivered')) return;
  remove(queue, message);
  const dead = result.deadLettered.get(message.event);
  closeDelivery(world.ledger, message.event, target.index, {
    outcome: dead === undefined ? 'handled' : 'deadLettered',
    reason: dead,
  });
  if (dead === undefined) world.journal.add(now, { kind: 'handled', ...about, attempt: message.receiveCount });
}

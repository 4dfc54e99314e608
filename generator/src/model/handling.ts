import {
  type Delivery,
  type Downstream,
  limits,
  outlastedSeconds,
  type Consumer as WiredConsumer,
} from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Placed, ReceiveDeclaration } from './declarations.ts';
import { sourceOf } from './events.ts';
import { mergeOnce } from './merge-once.ts';
import { addressKey } from './order.ts';
import { listOf, quote } from './wording.ts';

/** What a consumer's operations say of how its events are handled; what none of them says is absent. */
export type Handling = Pick<WiredConsumer, 'split' | 'gather' | 'downstreams'>;

/** Merges `x-split`, `x-gather` and `x-downstreams` of a consumer's operations, and judges them beside its delivery. */
export function buildHandling(
  operations: readonly ReceiveDeclaration[],
  delivery: Delivery,
  problems: Diagnostic[],
): Handling {
  const split = mergeOnce('x-split', operations, (operation) => operation.split, problems);
  const gather = mergeOnce('x-gather', operations, (operation) => operation.gather, problems);
  const downstreams = mergeOnce('x-downstreams', operations, (operation) => operation.downstreams, problems);
  checkSplit(operations, problems);
  checkGather(operations, delivery, problems);
  for (const { downstreams: placed } of operations) checkOutages(placed, delivery, problems);
  return {
    ...(split === null ? {} : { split }),
    ...(gather === null ? {} : { gather }),
    ...(downstreams === null ? {} : { downstreams }),
  };
}

/** One event is published for each element, so it must be clear which. */
function checkSplit(operations: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const [split] = operations.flatMap((operation) => operation.split ?? []);
  if (split === undefined) return;
  const emits = operations.flatMap((operation) => operation.emits);
  const events = new Set(
    emits.map(({ channel, message }) => addressKey({ name: message.name, source: sourceOf(channel) })),
  );
  if (events.size === 1) return;
  const found = events.size === 0 ? 'no event' : listOf(emits.map(({ message }) => message.name));
  const message = `\`x-split\` publishes one event for each element, and \`x-emits\` names ${found}.`;
  problems.push(report('split-emits', split.origin, message));
}

/** What is gathered are the parts of one event, which wait in a queue where their order does not matter. */
function checkGather(operations: readonly ReceiveDeclaration[], delivery: Delivery, problems: Diagnostic[]): void {
  const [gather] = operations.flatMap((operation) => operation.gather ?? []);
  if (gather === undefined) return;
  const refuse = (message: string, help: string) =>
    problems.push(report('gather-not-possible', gather.origin, message, help));
  const events = new Map(
    operations.flatMap(({ messages, channel }) =>
      messages.map(({ name }) => [addressKey({ name, source: sourceOf(channel) }), name] as const),
    ),
  );
  if (delivery.type !== 'queue') {
    refuse('`x-gather` needs a queue, in which the parts wait for each other.', 'Write `x-delivery: { type: queue }`.');
  } else if (delivery.fifo) {
    refuse(
      '`x-gather` does not go with a FIFO queue: a part that waits would stop its group.',
      'Use a standard channel.',
    );
  } else if (operations.some(({ split }) => split !== null)) {
    refuse('`x-gather` and `x-split` do not go together.', 'Split in one consumer, and gather in another.');
  } else if (events.size !== 1) {
    const names = listOf([...events.values()]);
    refuse(
      `\`x-gather\` gathers parts of one event, and this consumer receives ${names}.`,
      'Select one with `messages`.',
    );
  }
}

function checkOutages(placed: Placed<readonly Downstream[]> | null, delivery: Delivery, problems: Diagnostic[]): void {
  for (const downstream of placed?.value ?? []) {
    const outlasted = lastingSeconds(downstream, delivery);
    if (placed === null || outlasted >= downstream.outageSeconds) continue;
    const message = `An outage of ${quote(downstream.name)} of ${downstream.outageSeconds} seconds is declared, and ${triesOf(delivery)} outlast ${outlasted}: then events go to the dead-letter queue.`;
    problems.push(report('outage-not-outlasted', placed.origin, message, helpFor(downstream, delivery)));
  }
}

/** Lambda alone decides when it invokes a function again. */
function lastingSeconds(downstream: Downstream, delivery: Delivery): number {
  if (delivery.type === 'queue') return outlastedSeconds(downstream, delivery.maxReceiveCount);
  const { asynchronousFirstRetrySeconds, asynchronousSecondRetrySeconds } = limits;
  const waits = [asynchronousFirstRetrySeconds.value, asynchronousSecondRetrySeconds.value];
  return waits.slice(0, delivery.retryAttempts).reduce((sum, wait) => sum + wait, 0);
}

function triesOf(delivery: Delivery): string {
  return delivery.type === 'queue'
    ? `${delivery.maxReceiveCount} receives of an event`
    : `${delivery.retryAttempts} retries of a function`;
}

function helpFor(downstream: Downstream, delivery: Delivery): string {
  if (delivery.type !== 'queue') return 'Write `x-delivery: { type: queue }`, whose retries wait for the downstream.';
  const needed = neededReceives(downstream);
  return needed === null
    ? 'Raise `maximumProbeSeconds`: no `maxReceiveCount` is enough.'
    : `Write \`maxReceiveCount: ${needed}\`, or raise \`maximumProbeSeconds\`.`;
}

/** The waits never become shorter, so the smallest count is found by halving. */
function neededReceives(downstream: Downstream): number | null {
  let [tooFew, enough] = [0, limits.maxReceiveCountMaximum.value];
  if (outlastedSeconds(downstream, enough) < downstream.outageSeconds) return null;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (outlastedSeconds(downstream, middle) < downstream.outageSeconds) tooFew = middle;
    else enough = middle;
  }
  return enough;
}

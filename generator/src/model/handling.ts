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
import { retentionSeconds } from './deliveries.ts';
import { sourceOf } from './events.ts';
import { checkGather } from './gather-rules.ts';
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
  const lasting = { delivery, keptSeconds: retentionSeconds(operations) };
  for (const { downstreams: placed } of operations) checkOutages(placed, lasting, problems);
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

/** What decides how long an event is tried again. */
interface Lasting {
  readonly delivery: Delivery;
  /** How long the queue keeps it. */
  readonly keptSeconds: number;
}

function checkOutages(placed: Placed<readonly Downstream[]> | null, lasting: Lasting, problems: Diagnostic[]): void {
  for (const downstream of placed?.value ?? []) {
    const outlasted = lastingSeconds(downstream, lasting);
    if (placed === null || outlasted >= downstream.outageSeconds) continue;
    const message = `An outage of ${quote(downstream.name)} of ${downstream.outageSeconds} seconds is declared, and ${triesOf(lasting)} outlast ${outlasted}: then events go to the dead-letter queue.`;
    problems.push(report('outage-not-outlasted', placed.origin, message, helpFor(downstream, lasting)));
  }
}

/** Lambda alone decides when it invokes a function again. */
function lastingSeconds(downstream: Downstream, { delivery, keptSeconds }: Lasting): number {
  if (delivery.type === 'queue') return Math.min(outlastedSeconds(downstream, delivery.maxReceiveCount), keptSeconds);
  const { asynchronousFirstRetrySeconds, asynchronousSecondRetrySeconds } = limits;
  const waits = [asynchronousFirstRetrySeconds.value, asynchronousSecondRetrySeconds.value];
  return waits.slice(0, delivery.retryAttempts).reduce((sum, wait) => sum + wait, 0);
}

function triesOf({ delivery }: Lasting): string {
  return delivery.type === 'queue'
    ? `${delivery.maxReceiveCount} receives of an event`
    : `${delivery.retryAttempts} retries of a function`;
}

function helpFor(downstream: Downstream, { delivery, keptSeconds }: Lasting): string {
  if (delivery.type !== 'queue') return 'Write `x-delivery: { type: queue }`, whose retries wait for the downstream.';
  if (keptSeconds < downstream.outageSeconds) {
    return `The queue keeps messages for ${keptSeconds} seconds: declare an outage of so many at most.`;
  }
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

import { limits } from '@eventloom/engine';
import { closeDelivery, hold, release } from '../accounting/ledger.ts';
import { announce, subject } from './queue.ts';
import type { World } from './world.ts';

/** One event on its way over a rule or a subscription. */
export interface Hop {
  readonly kind: 'rule' | 'subscription';
  /** Number of the event in the ledger. */
  readonly event: number;
  /** Numbers of the consumers that it is for: one, or all behind a topic. */
  readonly consumers: readonly number[];
  /** FIFO targets get everything once, in order and at once, or not at all. */
  readonly fifo: boolean;
  deliver(): void;
  /** Puts it on the dead-letter queue of the rule or the subscription. */
  giveUp(failure: DeliveryFailure): void;
}

/** Why an event could not be delivered. */
export interface DeliveryFailure {
  /** As EventBridge and SNS put it on the dead-letter queue. */
  readonly code: string;
  readonly message: string;
  /** Null when it was not tried again. */
  readonly condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | null;
  readonly retries: number;
}

/** Delivers over a hop at once, unless a fault is in the way: then later, twice, or to the dead-letter queue. */
export function deliverOver(world: World, hop: Hop): void {
  const { faults } = world;
  if (faults.strikes(`${hop.kind}DeliveryForbidden`)) giveUp(world, hop, forbidden);
  else if (hop.fifo) hop.deliver();
  else if (faults.strikes(`${hop.kind}DeliveryNeverSucceeds`)) exhaust(world, hop);
  else attempt(world, hop, 0);
}

const forbidden: DeliveryFailure = {
  code: 'NO_PERMISSIONS',
  message: 'The target refuses the event for want of permission',
  condition: null,
  retries: 0,
};

function attempt(world: World, hop: Hop, retries: number): void {
  if (world.faults.strikes(`${hop.kind}DeliveryFails`) && retries < limits.targetRetryAttemptsMaximum.value) {
    const delay = retryDelays[hop.kind](retries + 1) * 1000;
    later(world, hop, delay, () => attempt(world, hop, retries + 1));
    return;
  }
  hop.deliver();
  if (!world.faults.strikes('deliveryDuplicated')) return;
  later(world, hop, world.faults.below('deliveryDuplicated', duplicateMilliseconds), () => hop.deliver());
}

/** How far apart the two deliveries of a duplicate are at most. */
const duplicateMilliseconds = 60_000;

/** Seconds before a retry, counted from 1. */
export const retryDelays: Readonly<Record<Hop['kind'], (retry: number) => number>> = {
  // EventBridge does not say what its back-off is.
  rule: (retry) => Math.min(2 ** (retry - 1), 600),
  subscription: snsDelay,
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
function snsDelay(retry: number): number {
  const immediate = limits.snsImmediateRetries.value;
  const slow = immediate + limits.snsPreBackoffRetries.value;
  if (retry <= immediate) return 0;
  if (retry <= slow) return limits.snsBackoffSecondsMinimum.value;
  return Math.min(2 ** (retry - slow - 1), limits.snsBackoffSecondsMaximum.value);
}

/** The tries themselves are left out: SNS would make a hundred thousand. */
function exhaust(world: World, hop: Hop): void {
  const { seconds, ...failure } = exhausted[hop.kind]();
  later(world, hop, seconds * 1000, () => giveUp(world, hop, failure));
}

const exhausted = {
  rule: () => ({
    code: 'THROTTLING',
    message: 'The target throttled every try',
    condition: 'MaximumEventAgeInSeconds',
    retries: limits.targetRetryAttemptsMaximum.value,
    seconds: limits.targetEventAgeSecondsMaximum.value,
  }),
  subscription: () => {
    const last = limits.snsPostBackoffRetries.value;
    const first = limits.snsImmediateRetries.value + limits.snsPreBackoffRetries.value + limits.snsBackoffRetries.value;
    const seconds = last * limits.snsBackoffSecondsMaximum.value;
    const failure = { code: 'ServerError', message: 'The endpoint failed at every try' } as const;
    return { ...failure, condition: 'MaximumRetryAttempts', retries: first + last, seconds };
  },
} as const satisfies Record<Hop['kind'], () => DeliveryFailure & { readonly seconds: number }>;

/** The event counts as pending meanwhile. */
function later(world: World, { event, consumers }: Hop, milliseconds: number, work: () => void): void {
  for (const consumer of consumers) hold(world.ledger, event, consumer);
  world.scheduler.schedule(world.scheduler.now() + milliseconds, () => {
    for (const consumer of consumers) release(world.ledger, event, consumer);
    work();
  });
}

function giveUp(world: World, hop: Hop, failure: DeliveryFailure): void {
  hop.giveUp(failure);
  const reason = reasonOf(hop, failure);
  for (const consumer of hop.consumers) {
    announce(world, consumer, hop.event);
    closeDelivery(world.ledger, hop.event, consumer, { outcome: 'deadLettered', reason });
    const about = subject(world, hop.event, consumer);
    world.journal.add(world.scheduler.now(), { kind: 'deadLettered', ...about, reason });
  }
}

/** Why a hop gave up, in one line. */
export function reasonOf({ kind }: Pick<Hop, 'kind'>, { code, message, condition }: DeliveryFailure): string {
  return `${kind}: ${code}: ${message}${condition === null ? '' : ` (${condition})`}`;
}

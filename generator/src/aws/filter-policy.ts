import type { EventPattern } from '@eventloom/engine';
import { sortedKeys } from './sorted-keys.ts';

/** What a subscription lets through. */
export interface SubscriptionSelection {
  /** Names of the messages, in any order; null when the operation takes every message of the channel. */
  readonly names: readonly string[] | null;
  /** Rooted at the payload, as the scope can say it (`sayFilter`); null lets every payload through. */
  readonly filter: EventPattern | null;
}

/** The policy of a subscription and what it reads. */
export interface FilterPolicy {
  readonly policy: EventPattern | null;
  readonly scope: 'MessageBody' | 'MessageAttributes';
}

/**
 * Compiles a selection for a topic that producers publish to.
 *
 * A subscription has one scope, so names (which are in the attribute `type`) and a filter of the body do not go together:
 * then the filter is left to the diagnostic that forbids it.
 */
export function topicPolicy({ names, filter }: SubscriptionSelection, scope: 'body' | 'attributes'): FilterPolicy {
  const type: EventPattern = names === null ? {} : { type: [...names].sort() };
  if (scope === 'attributes') return attributePolicy({ ...(filter ?? {}), ...type });
  if (filter === null) return attributePolicy(type);
  return { policy: sortedKeys(filter), scope: 'MessageBody' };
}

/** Compiles a selection for a topic behind a bus, where the message is the whole EventBridge envelope. */
export function envelopePolicy({ names, filter }: SubscriptionSelection): FilterPolicy {
  const detailType: EventPattern = names === null ? {} : { 'detail-type': [...names].sort() };
  const detail: EventPattern = filter === null ? {} : { detail: sortedKeys(filter) };
  const policy = { ...detailType, ...detail };
  return { policy: Object.keys(policy).length === 0 ? null : policy, scope: 'MessageBody' };
}

function attributePolicy(policy: EventPattern): FilterPolicy {
  if (Object.keys(policy).length === 0) return { policy: null, scope: 'MessageBody' };
  return { policy: sortedKeys(policy), scope: 'MessageAttributes' };
}

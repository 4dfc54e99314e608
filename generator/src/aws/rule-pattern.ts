import type { EventPattern } from '@eventloom/engine';
import { sortedKeys } from './sorted-keys.ts';

/** What a rule lets through. */
export interface RuleSelection {
  /** The channel's address. */
  readonly source: string;
  /** Names of the messages, in any order. */
  readonly names: readonly string[];
  /** Rooted at the payload; null lets every payload through. */
  readonly filter: EventPattern | null;
}

/** Compiles a selection to the event pattern of an EventBridge rule, minimal and the same for any order of the spec. */
export function rulePattern({ source, names, filter }: RuleSelection): EventPattern {
  const envelope = { source: [source], 'detail-type': [...names].sort() };
  return filter === null ? envelope : { ...envelope, detail: sortedKeys(filter) };
}

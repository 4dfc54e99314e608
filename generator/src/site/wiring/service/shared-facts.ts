import { limits, type ResolvedSettings } from '@eventloom/engine';
import { count } from '../../count.ts';
import type { Fact } from '../../site-model.ts';
import { duration } from '../words.ts';

/** What becomes of what holds data when it leaves its stack. */
export function removalFact({ removal }: ResolvedSettings): Fact {
  return { label: 'When removed', value: removal === 'retain' ? 'kept' : 'deleted with its data' };
}

/** How long logs are kept. */
export function logFact({ logRetentionDays }: ResolvedSettings): Fact {
  return { label: 'Logs kept for', value: count(logRetentionDays, 'day') };
}

/** Dead-letter queues keep messages as long as SQS allows. */
export const keptFact: Fact = { label: 'Kept for', value: duration(limits.retentionSecondsMaximum.value) };

import type { AlarmKind, PlannedAlarm } from '@eventloom/engine';
import { count } from '../count.ts';
import type { Words } from '../site-model.ts';
import { duration } from './words.ts';

/** What sets an alarm off, where all that it watches has one bound; else the lowest. */
export function alarmCondition({ kind, metrics }: Pick<PlannedAlarm, 'kind' | 'metrics'>): Words {
  const bounds = metrics.map(({ bound }) => bound);
  const lowest = Math.min(...bounds);
  const differs = new Set(bounds).size > 1;
  return `${differs ? 'from ' : ''}${conditions[kind](lowest)}${differs ? ', depending on what fails' : ''}`;
}

const inFiveMinutes = 'in five minutes';

const conditions: Readonly<Record<AlarmKind, (bound: number) => Words>> = {
  deadLetters: (bound) => `${count(bound, 'message')} on the dead-letter queue`,
  oldestMessageSeconds: (bound) => `an event has waited for ${duration(bound)}`,
  errors: (bound) => `${count(bound, 'error')} ${inFiveMinutes}`,
  throttles: (bound) => `${count(bound, 'throttled invocation')} ${inFiveMinutes}`,
  failedInvocations: (bound) => `${count(bound, 'failed delivery', 'failed deliveries')} of a rule ${inFiveMinutes}`,
};

/** What it means when an alarm of a kind goes off. */
export const alarmMeanings: Readonly<Record<AlarmKind, Words>> = {
  deadLetters: 'Events could not be handled and wait to be brought back',
  oldestMessageSeconds: 'Events wait for too long: they fail again and again, or come faster than they are handled',
  errors: 'Something failed more often than is usual',
  throttles: 'Lambda had no room for an invocation',
  failedInvocations: 'EventBridge could not deliver to a target for good',
};

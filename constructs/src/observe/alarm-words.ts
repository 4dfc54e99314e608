import { limits, type PlannedAlarm } from '@eventloom/engine';
import type { Watched } from './watched.ts';

type Kind = PlannedAlarm['kind'];

/** The construct ids of alarms, in the scope of what is watched or of the stack. */
const ids = {
  deadLetters: 'DeadLettersAlarm',
  oldestMessageSeconds: 'OldestMessageAlarm',
  errors: 'ErrorsAlarm',
  throttles: 'ThrottlesAlarm',
  failedInvocations: 'FailedInvocationsAlarm',
} as const satisfies Record<Kind, string>;

/** Returns the construct id of an alarm. */
export function alarmId({ kind, number }: PlannedAlarm): string {
  return number === 0 ? ids[kind] : `${ids[kind]}${number}`;
}

/** Returns what an alarm means and what to do about it, in as many characters as CloudWatch takes. */
export function alarmDescription(alarm: PlannedAlarm, watched: readonly Watched[]): string {
  const keys = [...new Set(alarm.metrics.map((metric) => metric.watched))].sort();
  const first = watched.find(({ watchable }) => watchable.key === keys[0]);
  const [meaning, advice] = wordsOf(alarm.kind, first);
  const room = limits.alarmDescriptionCharacters.value - meaning.length - advice.length - ': '.length - '. '.length;
  return inertText(`${meaning}: ${listed(keys, room)}. ${advice}`);
}

/** Returns text in which CloudFormation finds nothing to replace. Alarms are read by people: it may look different. */
export function inertText(text: string): string {
  return text.replaceAll('{{', '{ {').replaceAll('${', '$ {');
}

function wordsOf(kind: Kind, watched: Watched | undefined): readonly [meaning: string, advice: string] {
  switch (kind) {
    case 'deadLetters':
      return ['Events stand on the dead-letter queue', adviceOn(watched)];
    case 'oldestMessageSeconds':
      return [
        'Events wait for too long before they are handled',
        'Either they fail again and again (see the errors in the log), or they come faster than they are handled (see maxConcurrency and the throttles).',
      ];
    case 'errors':
      return [
        'Something failed more often than is usual',
        'See the log of the one whose line is up in the graph; what fails for good ends on its dead-letter queue.',
      ];
    case 'throttles':
      return [
        'Lambda had no room for an invocation',
        'The concurrency of the account is used up, or that of the function: raise the quota, or give a greedy consumer a maxConcurrency.',
      ];
    case 'failedInvocations':
      return [
        'EventBridge could not deliver to a target, for good',
        'Most often the target is gone or its policy forbids it; what could not be delivered stands on the dead-letter queue with ERROR_CODE.',
      ];
    default:
      return kind satisfies never;
  }
}

function adviceOn(watched: Watched | undefined): string {
  switch (watched?.redrive) {
    case 'command': {
      const command = `npx eventloom redrive ${shellWord(watched.watchable.key)}`;
      return `See why with '${command} --dry-run', mend the cause, then bring them back with '${command}'.`;
    }
    case 'outbox':
      return 'Their items are still in the outbox table: mend the cause, then take the mark "failed" off them.';
    case 'again':
      return 'ERROR_CODE of the messages, or their target, says why. Mend the cause, then send them again: replay an archive to this rule alone, or publish them anew.';
    default:
      return 'Look at the messages, mend the cause, then start a redrive of the dead-letter queue in SQS.';
  }
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function listed(keys: readonly string[], room: number): string {
  const all = keys.join(', ');
  if (all.length <= room) return all;
  const more = (count: number) => ` and ${count} more`;
  let count = keys.length - 1;
  while (count > 0 && keys.slice(0, count).join(', ').length + more(keys.length - count).length > room) count--;
  return count === 0
    ? `${all.slice(0, Math.max(0, room - 1))}…`
    : keys.slice(0, count).join(', ') + more(keys.length - count);
}

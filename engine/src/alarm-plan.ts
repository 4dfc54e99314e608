import { splitByHash } from './hash-split.ts';
import { limits } from './limits.ts';
import type { ResolvedAlarms, ResolvedSettings } from './settings.ts';

/** What an alarm watches. */
export type AlarmKind = keyof ResolvedAlarms;

/** What there is to be watched of a consumer, a subscriber, a relay, an ingress, or a queue of the core stack. */
export interface Watchable {
  /** Unique in its stack: `<service>/<name>`, or the key of a destination. */
  readonly key: string;
  /** Its part of the names of alarms, unique in its service: `screenHighValueOrder`. */
  readonly name: string;
  /** Dead-letter queues. */
  readonly deadLetters: number;
  /** What holds events until they are handled: for each, seconds after which one is old by default. */
  readonly waiting: readonly number[];
  /** What counts its own failures, with how many are too many by default. */
  readonly failing: readonly { readonly name: string; readonly bound: number }[];
  /** Names of the functions that can be throttled. */
  readonly throttled: readonly string[];
  /** Keys of the operations whose events come by a rule. */
  readonly rules: readonly string[];
  /** Bounds; false watches nothing. */
  readonly alarms: ResolvedSettings['alarms'];
}

/** A metric of an alarm. */
export interface PlannedMetric {
  /** Key of what is watched. */
  readonly watched: string;
  /** Which of its dead-letter queues and the like: an index, or a name from `failing`, `throttled` or `rules`. */
  readonly member: number | string;
  /** The value at which the alarm goes off. */
  readonly bound: number;
}

/** One alarm: it goes off when any of its metrics reaches its bound. */
export interface PlannedAlarm {
  readonly kind: AlarmKind;
  /** Key of the only thing that it watches; undefined for an alarm on several. */
  readonly watched: string | undefined;
  /** Its name in its stack, as {@link alarmKey} makes it. */
  readonly name: string;
  /** Tells alarms of one kind and scope apart, and stays as it is when others come: 0 for the first. */
  readonly number: number;
  /** At least one, and no more than CloudWatch takes. */
  readonly metrics: readonly PlannedMetric[];
}

/** Alarms of these kinds say whose they are, since that is what one has to know to act: which queue to bring back. */
const ownKinds = ['deadLetters', 'oldestMessageSeconds'] as const;

/** Alarms of these kinds hold up to ten metrics of a stack each: the graph of an alarm shows which one it was. */
const sharedKinds = ['errors', 'throttles', 'failedInvocations'] as const;

/**
 * Returns the alarms of a stack, in an order that follows from the keys. Which metrics share one depends on their keys alone, so what is
 * switched off makes alarms smaller or fewer and moves nothing.
 */
export function planAlarms(watchables: readonly Watchable[]): readonly PlannedAlarm[] {
  const sorted = [...watchables].sort((a, b) => (a.key < b.key ? -1 : 1));
  return [
    ...sorted.flatMap((watchable) => ownKinds.flatMap((kind) => groups(kind, watchable, [watchable]))),
    ...sharedKinds.flatMap((kind) => groups(kind, undefined, sorted)),
  ];
}

/** Returns the name of an alarm in its stack: `screenHighValueOrder-dead-letters`, `errors`, `errors-1`. */
export function alarmKey({ kind, number }: Pick<PlannedAlarm, 'kind' | 'number'>, watchable?: Watchable): string {
  const numbered = number === 0 ? suffixes[kind] : `${suffixes[kind]}-${number}`;
  return watchable === undefined ? numbered : `${watchable.name}-${numbered}`;
}

const suffixes = {
  deadLetters: 'dead-letters',
  oldestMessageSeconds: 'oldest-message',
  errors: 'errors',
  throttles: 'throttles',
  failedInvocations: 'failed-invocations',
} as const satisfies Record<AlarmKind, string>;

/** Returns how many metrics alarms look at: what CloudWatch charges for. */
export function alarmMetrics(alarms: readonly PlannedAlarm[]): number {
  return alarms.reduce((sum, { metrics }) => sum + metrics.length, 0);
}

interface Candidate extends Omit<PlannedMetric, 'bound'> {
  readonly bound: number | false;
}

function groups(
  kind: AlarmKind,
  owner: Watchable | undefined,
  watchables: readonly Watchable[],
): readonly PlannedAlarm[] {
  const all = watchables.flatMap((watchable) => candidates(kind, watchable));
  if (all.length === 0) return [];
  const fits = ({ length }: readonly Candidate[]) => length <= limits.alarmMetrics.value;
  const parts = fits(all)
    ? [{ number: 0, items: all }]
    : splitByHash(all, { keyOf: (one) => `${one.watched} ${one.member}`, fits });
  return parts.flatMap(({ number, items }) => {
    const metrics = items.filter((one): one is PlannedMetric => one.bound !== false);
    const name = alarmKey({ kind, number }, owner);
    return metrics.length === 0 ? [] : [{ kind, watched: owner?.key, name, number, metrics }];
  });
}

function candidates(kind: AlarmKind, watchable: Watchable): readonly Candidate[] {
  const { key: watched, alarms, failing } = watchable;
  const given = alarms === false ? false : alarms[kind];
  const boundOf = (fallback: number) => (given === 'default' ? fallback : given);
  switch (kind) {
    case 'deadLetters':
      return Array.from({ length: watchable.deadLetters }, (_, member) => ({ watched, member, bound: boundOf(1) }));
    case 'oldestMessageSeconds':
      return watchable.waiting.map((seconds, member) => ({ watched, member, bound: boundOf(seconds) }));
    case 'errors':
      return failing.map(({ name: member, bound }) => ({ watched, member, bound: boundOf(bound) }));
    case 'throttles':
      return watchable.throttled.map((member) => ({ watched, member, bound: boundOf(1) }));
    case 'failedInvocations':
      return watchable.rules.map((member) => ({ watched, member, bound: boundOf(1) }));
    default:
      return kind satisfies never;
  }
}

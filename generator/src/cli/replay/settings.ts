import { UsageError } from '../../usage-error.ts';
import type { Invocation } from '../command.ts';

/** What the caller of `replay` asked for. */
export interface ReplaySettings {
  readonly from: Date;
  readonly to: Date;
  /** Name or ARN of the one rule; null when it is not given. */
  readonly rule: string | null;
  /** Key of the one consumer; null when it is not given. */
  readonly consumer: string | null;
  /** Name of the archive; null takes the one of the bus. */
  readonly archive: string | null;
  readonly environment: string | null;
  readonly name: string;
  readonly dryRun: boolean;
}

/**
 * Reads the options of `replay`.
 * @throws {UsageError} `option-value` or `missing-option`.
 */
export function replaySettings({ options, arguments: [bus = ''] }: Invocation, now: Date): ReplaySettings {
  const from = timeOf(options, 'from');
  if (from === null) {
    throw new UsageError('missing-option', 'Nothing says from when on events are replayed: --from is missing.', {
      help: 'For example --from 2026-11-01T08:00:00Z.',
    });
  }
  const to = timeOf(options, 'to') ?? now;
  if (from >= to)
    throw new UsageError('option-value', `--from ${from.toISOString()} is not before --to ${to.toISOString()}.`);
  if (to > now) throw new UsageError('option-value', `--to ${to.toISOString()} is in the future.`);
  const rule = options.get('rule') ?? null;
  const consumer = options.get('consumer') ?? null;
  if (rule !== null && consumer !== null) {
    throw new UsageError('option-value', '--rule and --consumer do not go together: a consumer has rules of its own.');
  }
  return {
    from,
    to,
    rule,
    consumer,
    archive: options.get('archive') ?? null,
    environment: options.get('environment') ?? null,
    name: nameOf(options.get('name'), consumer ?? bus, now),
    dryRun: options.has('dry-run'),
  };
}

/** A date, or a date with a time; without an offset in UTC, whatever the machine's zone is. */
const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

function timeOf(options: ReadonlyMap<string, string>, option: 'from' | 'to'): Date | null {
  const text = options.get(option);
  if (text === undefined) return null;
  const zoned = !text.includes('T') || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
  const time = new Date(zoned);
  if (isoTime.test(text) && !Number.isNaN(time.getTime()) && isDay(text.slice(0, 10))) return time;
  throw new UsageError(
    'option-value',
    `--${option} needs a time such as 2026-11-01T08:00:00Z, not ${JSON.stringify(text)}.`,
  );
}

/** `Date` takes 30 February for 2 March. */
function isDay(date: string): boolean {
  const day = new Date(date);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

/** Names of replays: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html */
function nameOf(given: string | undefined, subject: string, now: Date): string {
  if (given !== undefined) {
    if (/^[.\-_A-Za-z0-9]{1,64}$/.test(given)) return given;
    const allowed = '1 to 64 letters, digits, `.`, `-` and `_`';
    throw new UsageError('option-value', `--name needs ${allowed}, not ${JSON.stringify(given)}.`);
  }
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const plain = subject.replaceAll(/[^.\-_A-Za-z0-9]/g, '-');
  return `${plain.slice(0, 64 - stamp.length - 1)}-${stamp}`;
}

/** When a schedule fires. */
export interface ScheduleTimes {
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  /** IANA name; null is UTC. */
  readonly timezone: string | null;
  /** When the schedule was made, in milliseconds since the epoch: rates count from then. */
  readonly since: number;
}

/** The times after `from` and up to `to` at which a schedule fires, in milliseconds since the epoch, in their order. */
export function occurrences(schedule: ScheduleTimes, from: number, to: number): readonly number[] {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(schedule.expression) ?? [];
  switch (kind) {
    case 'rate':
      return everyTime(argument, schedule.since, from, to);
    case 'at':
      return [timeIn(schedule.timezone, fieldsOf(argument))].filter(
        (at): at is number => at !== null && at > from && at <= to,
      );
    case 'cron':
      return cronTimes(argument, schedule.timezone, from, to);
    default:
      throw new Error(`${schedule.expression} is no expression of a schedule`);
  }
}

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function everyTime(argument: string, since: number, from: number, to: number): readonly number[] {
  const [, count = '1', unit = 'day'] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
  const step = Number(count) * units[unit as keyof typeof units];
  const times: number[] = [];
  for (let n = Math.max(1, Math.floor((from - since) / step) + 1); since + n * step <= to; n++)
    times.push(since + n * step);
  return times;
}

/** A time as a calendar and a clock show it. */
interface Fields {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function fieldsOf(text: string): Fields {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute, second };
}

/** Null for a time that a clock of the timezone does not show, because it is put forward. */
function timeIn(timezone: string | null, fields: Fields): number | null {
  const { year, month, day, hour, minute, second } = fields;
  const guess = Date.UTC(year, month - 1, day, hour, minute, second);
  if (timezone === null) return guess;
  const first = guess - offsetAt(timezone, guess);
  const time = guess - offsetAt(timezone, first);
  return time + offsetAt(timezone, time) === guess ? time : null;
}

/** By how many milliseconds clocks of a timezone are ahead of UTC at a time. */
function offsetAt(timezone: string, time: number): number {
  return shownAt(timezone, time) - Math.floor(time / 1000) * 1000;
}

/** What clocks of the timezone show at a time, as if it were UTC. */
function shownAt(timezone: string, time: number): number {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour') % 24, part('minute'), part('second'));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const digits = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
}

function cronTimes(argument: string, timezone: string | null, from: number, to: number): readonly number[] {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = argument.split(' ');
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const months = new Set(valuesOf(month, 1, 12, monthNames, 1));
  const years = new Set(valuesOf(year, 1970, 2199));
  const times: number[] = [];
  const start = new Date(from - 86_400_000 * 2);
  for (
    let date = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate());
    date <= to + 86_400_000;
    date += 86_400_000
  ) {
    const at = new Date(date);
    const shown = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
    if (!years.has(shown.year) || !months.has(shown.month) || !isDay(day, shown) || !isWeekday(weekday, at)) continue;
    for (const h of hours) {
      for (const m of minutes) {
        const time = timeIn(timezone, { ...shown, hour: h, minute: m, second: 0 });
        if (time !== null && time > from && time <= to) times.push(time);
      }
    }
  }
  return times.sort((a, b) => a - b);
}

type Day = Pick<Fields, 'year' | 'month' | 'day'>;

function isDay(field: string, { year, month, day }: Day): boolean {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (field === '?') return true;
  if (field === 'L') return day === last;
  const [, near] = /^(\d+)W$/.exec(field) ?? [];
  return near === undefined
    ? valuesOf(field, 1, 31).includes(day)
    : day === nearestWeekday(year, month, Number(near), last);
}

/** The working day nearest to a day of a month, within the month. */
function nearestWeekday(year: number, month: number, day: number, last: number): number {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}

/** Sunday is 1. */
function isWeekday(field: string, at: Date): boolean {
  const day = at.getUTCDate();
  const weekday = at.getUTCDay() + 1;
  if (field === '?') return true;
  if (field === 'L') return weekday === 7;
  const [, wanted, kind = '', count] = /^(\d)(L|#)(\d?)$/.exec(field) ?? [];
  if (wanted === undefined) return valuesOf(field, 1, 7, dayNames, 1).includes(weekday);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  const isPlace = kind === 'L' ? day > last - 7 : Math.ceil(day / 7) === Number(count);
  return weekday === Number(wanted) && isPlace;
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The values of a field: a list of `*`, values and ranges, each with a step or not. */
function valuesOf(
  field: string,
  first: number,
  last: number,
  names: readonly string[] = [],
  base = 0,
): readonly number[] {
  const numberOf = (word: string): number => {
    const named = names.indexOf(word.toUpperCase());
    return named >= 0 ? named + base : Number(word);
  };
  return field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range === '*' ? [String(first), String(last)] : range.split('-');
    const start = numberOf(from);
    const end = to === undefined ? (step === undefined ? start : last) : numberOf(to);
    const values: number[] = [];
    for (let value = start; value <= end; value += Number(step ?? 1)) values.push(value);
    return values;
  });
}

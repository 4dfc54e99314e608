import { monthHours } from '@eventloom/engine';

const unitHours = { minute: 1 / 60, hour: 1, day: 24 } as const;

/** How often a schedule fires in a month; null when that is not told by its expression. */
export function monthlyInvocations(expression: string): number | null {
  if (/^at\(.*\)$/s.test(expression)) return 1;
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return monthHours / (Number(rate[1]) * unitHours[rate[2] as keyof typeof unitHours]);
  const cron = /^cron\(([^()]*)\)$/.exec(expression);
  return cron === null ? null : cronInvocations((cron[1] ?? '').trim().split(/\s+/));
}

/** Counts the minutes, hours, days and months that the fields of a cron expression name. */
function cronInvocations(fields: readonly string[]): number | null {
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
  const counts = [countOf(minutes, 0, 59), countOf(hours, 0, 23), daysOf(days, weekdays), countOf(months, 1, 12)];
  if (counts.includes(null)) return null;
  return counts.reduce<number>((product, count) => product * (count ?? 1), 1) / 12;
}

/** Days of a month on average. */
function daysOf(days: string, weekdays: string): number | null {
  const all = monthHours / 24;
  const isAnyDay = days === '*' || days === '?';
  if (!isAnyDay) return /[LW]/.test(days) ? 1 : countOf(days, 1, 31);
  if (weekdays === '*' || weekdays === '?') return all;
  // The third Friday, or the last: one day of the month.
  if (/[#L]/.test(weekdays)) return 1;
  const count = countOf(weekdays, 1, 7);
  return count === null ? null : (all * count) / 7;
}

/** How many values a field names; null when it says something else. */
function countOf(field: string, first: number, last: number): number | null {
  const parts = field.split(',').map((part) => {
    const [range = '', step = '1'] = part.split('/');
    if (!/^\d+$/.test(step) || Number(step) === 0) return null;
    const width = widthOf(range, { first, last, isOpen: part.includes('/') });
    return width === null ? null : Math.ceil(width / Number(step));
  });
  return parts.includes(null) ? null : parts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

interface FieldBounds {
  readonly first: number;
  readonly last: number;
  /** True when a single value starts a range, as in `5/10`. */
  readonly isOpen: boolean;
}

function widthOf(range: string, { first, last, isOpen }: FieldBounds): number | null {
  if (range === '*' || range === '?') return last - first + 1;
  const [from, to] = range.split('-').map(ordinalOf);
  if (from === undefined || from === null) return null;
  if (to === undefined) return isOpen ? last - from + 1 : 1;
  return to === null ? null : Math.max(1, to - from + 1);
}

const words = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Months by name count as one each; their number does not matter. */
function ordinalOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const day = words.indexOf(text.toUpperCase());
  if (day >= 0) return day + 1;
  const month = months.indexOf(text.toUpperCase());
  return month >= 0 ? month + 1 : null;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

import { type FieldShape, textThat } from './fields.ts';

/** `5 minutes`. One of a unit is written in the singular. */
export const everyTime: FieldShape<string> = {
  expected: 'a whole number of minutes, hours or days, such as `5 minutes`',
  parse: (value) => {
    const [, count = '', unit = ''] =
      (typeof value === 'string' ? /^([1-9]\d{0,8}) (minute|hour|day)s?$/.exec(value) : null) ?? [];
    return count === '' ? undefined : `${count} ${unit}${count === '1' ? '' : 's'}`;
  },
};

/** `0 6 ? * MON-FRI *`: minute, hour, day of the month, month, day of the week, year. */
export const cronFields: FieldShape<string> = textThat(
  'six fields: minute, hour, day of the month, month, day of the week, year; one of the two days is `?`, such as `0 6 ? * MON-FRI *`',
  isCron,
);

/** `2027-01-31T08:00:00`, in the timezone of the schedule. */
export const atTime: FieldShape<string> = textThat(
  'a time such as `2027-01-31T08:00:00`, without a timezone',
  (value) => {
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(value) && isTime(value);
  },
);

/** The name of a timezone, as the IANA spells it. */
export const timezone: FieldShape<string> = textThat('the name of a timezone, such as `Europe/Berlin`', (value) => {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,49}$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
});

/** Parses as that very time: no 31st of February. */
function isTime(value: string): boolean {
  const time = new Date(`${value}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function isCron(text: string): boolean {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = '', ...rest] = text.split(' ');
  return (
    rest.length === 0 &&
    isField(minute, 0, 59) &&
    isField(hour, 0, 23) &&
    (day === '?') !== (weekday === '?') &&
    (/^(\?|L|([1-9]|[12]\d|3[01])W)$/.test(day) || isField(day, 1, 31)) &&
    isField(month, 1, 12, months, 1) &&
    (/^(\?|L|[1-7](L|#[1-5]))$/.test(weekday) || isField(weekday, 1, 7, days, 1)) &&
    isField(year, 1970, 2199)
  );
}

/** A list of `*`, values, ranges, each with a step or not. */
function isField(field: string, first: number, last: number, names: readonly string[] = [], base = 0): boolean {
  const numberOf = (word: string): number => {
    const named = names.indexOf(word.toUpperCase());
    return named >= 0 ? named + base : /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN;
  };
  const isValue = (word: string): boolean => numberOf(word) >= first && numberOf(word) <= last;
  return field.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    const [from = '', to, ...others] = range.split('-');
    if (more.length > 0 || others.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
    return range === '*' || (isValue(from) && (to === undefined || (isValue(to) && numberOf(from) <= numberOf(to))));
  });
}

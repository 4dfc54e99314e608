/** A format that is a function of the text. */
export interface TextFormat {
  readonly validate: (text: string) => boolean;
}

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|[+-](\d\d)(?::?(\d\d))?)?$/i;
const separator = /[t\s]/i;

/** Most date-times: on a day that every month has, in no leap second. One test instead of taking the text apart. */
const usual =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[t ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** `date`: a full date of RFC 3339 that the calendar has. */
export const date: TextFormat = { validate: isDate };

/** `time`: a time of RFC 3339 with its zone; a leap second only at the end of a day in UTC. */
export const time: TextFormat = { validate: (text) => isTime(text, true) };

/** `date-time`: a date and a time with its zone. */
export const dateTime: TextFormat = { validate: (text) => isDateTime(text, true) };

/** `iso-time`: like `time`, the zone may be left out. */
export const isoTime: TextFormat = { validate: (text) => isTime(text, false) };

/** `iso-date-time`: like `date-time`, the zone may be left out. */
export const isoDateTime: TextFormat = { validate: (text) => isDateTime(text, false) };

function isDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = datePattern.exec(text)?.map(Number) ?? [];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function isTime(text: string, zoned: boolean): boolean {
  const parts = timePattern.exec(text);
  const zone = parts?.[4];
  if (!parts || (zoned && !zone)) return false;
  const [, hour = 0, minute = 0, second = 0, , zoneHour = 0, zoneMinute = 0] = parts.map((part) => Number(part ?? 0));
  if (zoneHour > 23 || zoneMinute > 59) return false;
  if (hour < 24 && minute < 60 && second < 60) return true;
  // A leap second: is it 23:59 in UTC? The hour that a negative minute borrows is taken before the day wraps.
  const sign = zone?.startsWith('-') ? -1 : 1;
  const utcMinute = minute - zoneMinute * sign;
  const utcHour = hour - zoneHour * sign - (utcMinute < 0 ? 1 : 0);
  return second < 61 && (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1);
}

function isDateTime(text: string, zoned: boolean): boolean {
  if (usual.test(text)) return true;
  const [day = '', clock = '', ...more] = text.split(separator);
  return more.length === 0 && isDate(day) && isTime(clock, zoned);
}

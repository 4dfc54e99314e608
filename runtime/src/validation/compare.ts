/** Tells the order of two texts: negative, zero or positive, and undefined when one of them cannot be compared. */
export type CompareTexts = (left: string, right: string) => number | undefined;

const clock = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Order of `date`: by its text. */
export const compareDate: CompareTexts = (left, right) => (left && right ? byText(left, right) : undefined);

/** Order of `time`: by the moment of one and the same day. */
export const compareTime: CompareTexts = (left, right) => byMoment(`2020-01-01T${left}`, `2020-01-01T${right}`);

/** Order of `date-time`: by the moment. */
export const compareDateTime: CompareTexts = (left, right) => byMoment(left, right);

/** Order of `iso-time`: by the clock, whatever the zone. */
export const compareIsoTime: CompareTexts = (left, right) => {
  const [, ...first] = clock.exec(left) ?? [];
  const [, ...second] = clock.exec(right) ?? [];
  return first.length > 0 && second.length > 0 ? byText(first.join(''), second.join('')) : undefined;
};

/** Order of `iso-date-time`: by the date, then as `time`. */
export const compareIsoDateTime: CompareTexts = (left, right) => {
  const [day = '', time] = left.split(/t|\s/i);
  const [otherDay = '', otherTime] = right.split(/t|\s/i);
  const order = compareDate(day, otherDay);
  return order === 0 ? byMoment(`2020-01-01T${time}`, `2020-01-01T${otherTime}`) : order;
};

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Nothing is compared with the first moment of 1970, which ajv-formats takes for none. */
function byMoment(left: string, right: string): number | undefined {
  const first = new Date(left).valueOf();
  const second = new Date(right).valueOf();
  return first && second ? first - second : undefined;
}

// The formats of ajv-formats by camelCase name, and the order of those that have one.
export { compareDate, compareDateTime, compareIsoDateTime, compareIsoTime, compareTime } from './compare.ts';
export { date, dateTime, isoDateTime, isoTime, type TextFormat, time } from './date-time.ts';
export { ipv6 } from './ipv6.ts';
export { double, float, int32, int64, type NumberFormat } from './numbers.ts';
export {
  binary,
  byte,
  duration,
  email,
  hostname,
  ipv4,
  jsonPointer,
  jsonPointerUriFragment,
  password,
  regex,
  relativeJsonPointer,
  uriTemplate,
  uuid,
} from './texts.ts';
export { uri, uriReference } from './uri.ts';
export { url } from './url.ts';

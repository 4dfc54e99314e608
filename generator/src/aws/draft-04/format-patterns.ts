import type { Converted } from './conversion.ts';

/** The formats of ajv-formats that ask anything of values; the others are `float`, `double`, `password` and `binary`. */
export const askedFormats: ReadonlySet<string> = new Set(
  (
    'byte date date-time duration email hostname int32 int64 ipv4 ipv6 iso-date-time iso-time json-pointer ' +
    'json-pointer-uri-fragment regex relative-json-pointer time uri uri-reference uri-template url uuid'
  ).split(' '),
);

/** A format in words of draft-04 that accept all that Ajv accepts; undefined when there are none. */
export function formatPattern(name: string): Converted | undefined {
  return patterns.get(name);
}

const hex = '[0-9A-Fa-f]';
const label = '[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?';
const atom = "[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+";
const byte = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const date = '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const time = '[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)';

/** Those of dates and times tell their form, not how many days a month has. */
const patterns: ReadonlyMap<string, Converted> = new Map([
  ['uuid', text(`^(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:)?${hex}{8}-(?:${hex}{4}-){3}${hex}{12}$`, true)],
  ['ipv4', text(`^(?:${byte}\\.){3}${byte}$`, true)],
  ['email', text(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`, true)],
  ['date', text(`^${date}$`, false)],
  ['time', text(`^${time}$`, false)],
  ['date-time', text(`^${date}[Tt\\s]${time}$`, false)],
  ['int32', { schema: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1, multipleOf: 1 }, exact: true }],
  ['int64', { schema: { multipleOf: 1 }, exact: true }],
]);

function text(pattern: string, exact: boolean): Converted {
  return { schema: { pattern }, exact };
}

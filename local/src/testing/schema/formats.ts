import * as validation from '@eventloom/runtime/validation';
import type { Keywords } from './schema.ts';
import { textAt } from './schema.ts';

type Format = RegExp | true | ((text: string) => boolean) | validation.TextFormat | validation.NumberFormat;

/** Tells whether a value has a format, as ajv-formats tells it. Formats that it does not know say nothing. */
export function hasFormat(name: string, value: unknown): boolean {
  const format = formats.get(name);
  if (format === undefined || format === true) return true;
  if (typeof format === 'object' && 'type' in format) {
    return typeof value !== 'number' || !Number.isFinite(value) || format.validate(value);
  }
  if (typeof value !== 'string') return true;
  if (format instanceof RegExp) return format.test(value);
  return typeof format === 'function' ? format(value) : format.validate(value);
}

/** Which of the keywords that compare formats a text breaks; null when it keeps all. */
export function brokenComparison(schema: Keywords, value: string): string | null {
  const compare = comparisons.get(textAt(schema, 'format') ?? '');
  if (compare === undefined) return null;
  for (const [keyword, fails] of limits) {
    const limit = textAt(schema, keyword);
    if (limit === undefined) continue;
    const order = compare(value, limit);
    if (order !== undefined && fails(order)) return keyword;
  }
  return null;
}

const limits: readonly (readonly [string, (order: number) => boolean])[] = [
  ['formatMinimum', (order) => order < 0],
  ['formatMaximum', (order) => order > 0],
  ['formatExclusiveMinimum', (order) => order <= 0],
  ['formatExclusiveMaximum', (order) => order >= 0],
];

const comparisons: ReadonlyMap<string, (left: string, right: string) => number | undefined> = new Map([
  ['date', validation.compareDate],
  ['time', validation.compareTime],
  ['date-time', validation.compareDateTime],
  ['iso-time', validation.compareIsoTime],
  ['iso-date-time', validation.compareIsoDateTime],
]);

/** By the name of ajv-formats; the runtime exports each in camelCase. */
const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['binary', validation.binary],
  ['byte', validation.byte],
  ['date', validation.date],
  ['date-time', validation.dateTime],
  ['double', validation.double],
  ['duration', validation.duration],
  ['email', validation.email],
  ['float', validation.float],
  ['hostname', validation.hostname],
  ['int32', validation.int32],
  ['int64', validation.int64],
  ['ipv4', validation.ipv4],
  ['ipv6', validation.ipv6],
  ['iso-date-time', validation.isoDateTime],
  ['iso-time', validation.isoTime],
  ['json-pointer', validation.jsonPointer],
  ['json-pointer-uri-fragment', validation.jsonPointerUriFragment],
  ['password', validation.password],
  ['regex', validation.regex],
  ['relative-json-pointer', validation.relativeJsonPointer],
  ['time', validation.time],
  ['uri', validation.uri],
  ['uri-reference', validation.uriReference],
  ['uri-template', validation.uriTemplate],
  ['url', validation.url],
  ['uuid', validation.uuid],
]);

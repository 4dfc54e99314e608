import { knownFormat } from '../../../model/schema/formats.ts';
import type { JsonObject } from '../../../model/schema/json.ts';
import { type Language, ofLength } from './language.ts';
import { regexLanguage } from './regex-language.ts';

/** Makes the language of a key, or finds it when it was made before. */
export type Remember = (key: string, make: () => Language | null) => Language | null;

/** Languages that hold every string that the keywords of a schema allow. */
export function schemaTexts(schema: JsonObject, remember: Remember): readonly Language[] {
  const { minLength, maxLength, pattern, format } = schema;
  const languages = [
    typeof minLength === 'number' && minLength > 0
      ? remember(`at least ${minLength}`, () => ofLength(Math.ceil(minLength), null))
      : null,
    typeof maxLength === 'number' ? remember(`at most ${maxLength}`, () => ofLength(0, Math.floor(maxLength))) : null,
    typeof pattern === 'string' ? remember(`pattern ${pattern}`, () => regexLanguage(pattern)) : null,
    typeof format === 'string' ? remember(`format ${format}`, () => formatLanguage(format)) : null,
  ];
  return languages.filter((language) => language !== null);
}

/** Formats that Ajv checks by functions, as expressions that match at least what those accept. */
const functionFormats: ReadonlyMap<string, string> = new Map([
  ['date', '^\\d{4}-[01]\\d-[0-3]\\d$'],
  ['time', '^\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:[zZ]|[+-]\\d\\d(?::?\\d\\d)?)$'],
  ['date-time', '^\\d{4}-[01]\\d-[0-3]\\d[tT\\s]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:[zZ]|[+-]\\d\\d(?::?\\d\\d)?)$'],
]);

function formatLanguage(name: string): Language | null {
  const format = knownFormat(name);
  if (format === undefined) return null;
  const expression = functionFormats.get(name);
  if (expression !== undefined) return regexLanguage(expression);
  if (!(format instanceof RegExp) || format.multiline || format.dotAll) return null;
  return regexLanguage(format.source, { ignoreCase: format.ignoreCase, unicode: format.unicode });
}

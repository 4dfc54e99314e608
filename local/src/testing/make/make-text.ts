import { type Keywords, numberAt, textAt } from '../schema/schema.ts';
import { Unmakeable } from './kit.ts';
import type { Making } from './make.ts';

/** Makes the texts of a branch: to its pattern or format, else of the length it asks for. */
export function makeText<Maker>({ kit, branch }: Making<Maker>): Maker {
  const numbers = (keyword: string): readonly number[] => branch.flatMap((one) => numberAt(one, keyword) ?? []);
  const least = Math.max(0, ...numbers('minLength'));
  const most = Math.min(Math.max(least + 12, least * 2), ...numbers('maxLength'));
  if (least > most) throw new Unmakeable(JSON.stringify(branch), 'its lengths leave no text');
  const formats = branch.flatMap((one) => textAt(one, 'format') ?? []);
  const dates = formats.find((format) => format === 'date' || format === 'date-time');
  if (dates !== undefined && branch.some(compares)) return makeMoment(kit, branch, dates);
  const [pattern] = [
    ...branch.flatMap((one) => textAt(one, 'pattern') ?? []),
    ...formats.flatMap((format) => patternsOfFormats.get(format) ?? []),
  ];
  return pattern === undefined ? kit.text(least, most) : kit.matching(pattern);
}

const compared = ['formatMinimum', 'formatExclusiveMinimum', 'formatMaximum', 'formatExclusiveMaximum'];

function compares(schema: Keywords): boolean {
  return compared.some((keyword) => Object.hasOwn(schema, keyword));
}

const day = 86_400_000;

/** Whole seconds or days between the bounds that a branch gives. */
function makeMoment<Maker>(kit: Making<Maker>['kit'], branch: readonly Keywords[], format: string): Maker {
  const step = format === 'date' ? day : 1000;
  const bounds = (keywords: readonly string[]): readonly number[] =>
    branch.flatMap((one) =>
      keywords.flatMap((keyword) => {
        const moment = Date.parse(textAt(one, keyword) ?? '');
        return Number.isNaN(moment) ? [] : [moment];
      }),
    );
  const minimum = bounds(compared.slice(0, 2));
  const maximum = bounds(compared.slice(2));
  const least = minimum.length > 0 ? Math.max(...minimum) : Math.min(0, ...maximum.map((most) => most - 365 * day));
  const most = maximum.length > 0 ? Math.min(...maximum) : least + 365 * day;
  if (least > most) throw new Unmakeable(JSON.stringify(branch), 'its bounds leave no moment');
  return kit.map(kit.integer(Math.ceil(least / step), Math.floor(most / step)), (count: number) => {
    const text = new Date(count * step).toISOString();
    return format === 'date' ? text.slice(0, 10) : text.replace('.000', '');
  });
}

const label = '[a-z][a-z0-9]{0,8}';
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';
const date = '20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])';
const octet = '([1-9]?[0-9]|1[0-9][0-9]|2[0-4][0-9])';

/** Texts of each format, most of them usual ones. Formats that accept every text are left out. */
const patternsOfFormats: ReadonlyMap<string, string> = new Map([
  ['byte', '^([A-Za-z0-9+/]{4}){0,4}$'],
  ['date', `^${date}$`],
  ['date-time', `^${date}T${clock}(Z|[+-]0[1-9]:[03]0)$`],
  ['duration', '^P[1-9][0-9]?(D|M|Y|W)$'],
  ['email', `^${label}(\\.[a-z]{1,5})?@${label}\\.(com|org|example)$`],
  ['hostname', `^${label}(\\.${label}){0,2}$`],
  ['ipv4', `^${octet}\\.${octet}\\.${octet}\\.${octet}$`],
  ['ipv6', '^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$'],
  ['iso-date-time', `^${date}T${clock}Z?$`],
  ['iso-time', `^${clock}Z?$`],
  ['json-pointer', '^(/[a-z0-9]{1,6}){0,3}$'],
  ['json-pointer-uri-fragment', '^#(/[a-z0-9]{1,6}){0,3}$'],
  ['regex', '^[a-z]{1,6}$'],
  ['relative-json-pointer', '^[1-9](/[a-z0-9]{1,6}){0,2}$'],
  ['time', `^${clock}Z$`],
  ['uri', `^https://${label}\\.example/[a-z0-9]{0,8}$`],
  ['uri-reference', '^/[a-z0-9]{0,8}$'],
  ['uri-template', '^/[a-z]{1,6}/\\{[a-z]{1,6}\\}$'],
  ['url', `^https://${label}\\.com/[a-z0-9]{0,8}$`],
  ['uuid', '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'],
]);

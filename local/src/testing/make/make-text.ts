import { type Keywords, numberAt, own, type Schema, textAt } from '../schema/schema.ts';
import { possibleTexts, usualTexts } from './format-patterns.ts';
import { Unmakeable } from './kit.ts';
import type { Making } from './make.ts';

/** Makes the texts of a branch: to its patterns and formats, usual ones where those do, and of the length it asks for. */
export function makeText<Maker>({ kit, branch, check }: Making<Maker>): Maker {
  const numbers = (keyword: string): readonly number[] => branch.flatMap((one) => numberAt(one, keyword) ?? []);
  const least = Math.max(0, ...numbers('minLength'));
  const most = Math.min(Infinity, ...numbers('maxLength'));
  if (least > most) throw new Unmakeable(JSON.stringify(branch), 'its lengths leave no text');
  const formats = branch.flatMap((one) => textAt(one, 'format') ?? []);
  const patterns = branch.flatMap((one) => textAt(one, 'pattern') ?? []);
  const plain = (): Maker => kit.text(least, Math.min(Math.max(least + 12, least * 2), most));
  const matching = (texts: ReadonlyMap<string, string>): Maker => {
    const all = [...patterns, ...formats.flatMap((format) => texts.get(format) ?? [])];
    return all.length === 0 ? plain() : kit.matching(all, least, most);
  };
  const date = formats.find((format) => format === 'date' || format === 'date-time');
  const ways = [
    ...(date !== undefined && branch.some(compares) ? [() => makeMoment(kit, branch, date)] : []),
    () => matching(usualTexts),
    () => matching(possibleTexts),
    plain,
  ];
  const schema: Schema = { allOf: branch.map(aboutText) };
  const passes = (value: unknown): boolean => check(value, schema).length === 0;
  let problem: Unmakeable | undefined;
  for (const way of ways) {
    try {
      const made = way();
      if (kit.works(kit.sieve(made, passes, JSON.stringify(schema)))) return made;
    } catch (error) {
      if (!(error instanceof Unmakeable)) throw error;
      problem ??= error;
    }
  }
  throw problem ?? new Unmakeable(JSON.stringify(branch), 'no text was found that it accepts');
}

const compared = ['formatMinimum', 'formatExclusiveMinimum', 'formatMaximum', 'formatExclusiveMaximum'];

/** The part of a schema that {@link makeText} answers for. */
function aboutText(schema: Keywords): Keywords {
  const keywords = ['minLength', 'maxLength', 'pattern', 'format', ...compared];
  return Object.fromEntries(
    keywords.flatMap((keyword) => (Object.hasOwn(schema, keyword) ? [[keyword, own(schema, keyword)]] : [])),
  );
}

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

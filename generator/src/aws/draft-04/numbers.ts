import { own } from '../json.ts';
import { type Converted, lose, type Rewriter, type Site } from './conversion.ts';

/** Bounds, whose exclusive forms are booleans in draft-04, and `multipleOf`. */
export const numbers: Rewriter = (site) => [
  ...bound(site, 'minimum', 'exclusiveMinimum', (left, right) => left >= right),
  ...bound(site, 'maximum', 'exclusiveMaximum', (left, right) => left <= right),
  ...multiple(site),
];

function bound(
  { schema }: Site,
  keyword: string,
  exclusiveKeyword: string,
  isAtLeastAsTight: (left: number, right: number) => boolean,
): readonly Converted[] {
  const inclusive = own(schema, keyword);
  const exclusive = own(schema, exclusiveKeyword);
  if (typeof exclusive === 'number' && (typeof inclusive !== 'number' || isAtLeastAsTight(exclusive, inclusive))) {
    return [{ schema: { [keyword]: exclusive, [exclusiveKeyword]: true }, exact: true }];
  }
  return typeof inclusive === 'number' ? [{ schema: { [keyword]: inclusive }, exact: true }] : [];
}

/**
 * Ajv divides in binary and rounds, others divide the decimal text. They agree on powers of two; and on whole numbers up
 * to 2^53 divided by a whole number. The rest is not asked. Quotients of 22 digits Ajv takes for none that are whole.
 */
function multiple(site: Site): readonly Converted[] {
  const divisor = own(site.schema, 'multipleOf');
  if (typeof divisor !== 'number') return [];
  if (Number.isInteger(Math.log2(divisor)) && 2 ** Math.log2(divisor) === divisor) {
    return [{ schema: { multipleOf: divisor }, exact: false }];
  }
  if (!Number.isSafeInteger(divisor)) return [lose(site, 'multipleOf')];
  const unasked = [{ minimum: 2 ** 53 }, { maximum: -(2 ** 53) }, { not: { multipleOf: 1 } }];
  return [{ schema: { anyOf: [{ multipleOf: divisor }, ...unasked] }, exact: false }];
}

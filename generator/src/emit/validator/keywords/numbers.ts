import { own } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Keyword } from '../keyword.ts';
import { rule } from '../step.ts';
import { format } from './formats.ts';

/** What speaks of numbers. */
export const numbers: readonly Keyword[] = [
  limit('maximum', 'above', 'minimum'),
  limit('minimum', 'below'),
  limit('exclusiveMaximum', 'notBelow'),
  limit('exclusiveMinimum', 'notAbove'),
  limit('multipleOf', 'noMultiple'),
  format('number'),
];

/**
 * A keyword that is a number, as a call of the runtime's. `opposite` follows and forbids what is too small where this
 * one forbids what is too great.
 */
export function limit(keyword: string, name: string, opposite: string | null = null): Keyword {
  return {
    names: [keyword],
    parts: (schema, { scope, value }) => {
      const most = own(schema, keyword);
      const least = opposite === null ? undefined : own(schema, opposite);
      const excludesNext = typeof most === 'number' && typeof least === 'number' && least <= most;
      return [rule(`${scope.use(name)}(${value}, ${jsonLiteral(most)})`, { excludesNext })];
    },
  };
}

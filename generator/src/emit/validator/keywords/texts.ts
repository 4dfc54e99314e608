import { own } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Keyword } from '../keyword.ts';
import { rule } from '../step.ts';
import { expression } from './expression.ts';
import { format, formatLimits } from './formats.ts';
import { limit } from './numbers.ts';

/** What speaks of texts. */
export const texts: readonly Keyword[] = [
  limit('maxLength', 'tooLong', 'minLength'),
  limit('minLength', 'tooShort'),
  {
    names: ['pattern'],
    parts: (schema, { scope, value }) => {
      const pattern = String(own(schema, 'pattern'));
      const more = new RegExp(pattern, 'u').source === pattern ? '' : `, ${jsonLiteral(pattern)}`;
      return [rule(`${scope.use('irregular')}(${value}, ${expression(pattern, scope)}${more})`)];
    },
  },
  format('string'),
  ...formatLimits,
];

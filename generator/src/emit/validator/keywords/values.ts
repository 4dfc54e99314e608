import { own } from '../../../model/schema/json.ts';
import { jsonLiteral } from '../json-literal.ts';
import type { Keyword } from '../keyword.ts';
import { rule } from '../step.ts';

/** `const` and `enum` */
export const values: readonly Keyword[] = [
  {
    names: ['const'],
    parts: (schema, { scope, value }) => {
      const allowed = own(schema, 'const');
      return isScalar(allowed)
        ? [rule(`${scope.use('unlike')}(${value}, ${jsonLiteral(allowed)})`)]
        : [rule(`${scope.use('unequal')}(${value}, ${scope.json('values', allowed)})`)];
    },
  },
  {
    names: ['enum'],
    parts: (schema, { scope, value }) => {
      const allowed = own(schema, 'enum') as readonly unknown[];
      const name = allowed.every(isScalar) ? 'unlisted' : 'unmatched';
      return [rule(`${scope.use(name)}(${value}, ${scope.json('values', allowed)})`)];
    },
  },
];

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

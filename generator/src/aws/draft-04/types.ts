import { canonicalText, own } from '../json.ts';
import { nothing, type Rewriter } from './conversion.ts';

/**
 * `type`, and OpenAPI's `nullable` beside it. A whole number may be written `1.0`, which validators of draft-04 do not
 * take for an `integer`: for them it is a multiple of one.
 */
export const types: Rewriter = ({ schema, conversion }) => {
  const type = own(schema, 'type');
  if (type === undefined) return [];
  const named: readonly unknown[] = Array.isArray(type) ? type : [type];
  const all = own(schema, 'nullable') === true && !named.includes('null') ? [...named, 'null'] : named;
  if (conversion.use === 'document' || !all.includes('integer')) return [{ schema: typed(all), exact: true }];
  if (all.includes('number')) return [{ schema: typed(all.filter((name) => name !== 'integer')), exact: true }];
  const whole = { type: 'number', multipleOf: 1 };
  const others = all.filter((name) => name !== 'integer');
  return [{ schema: others.length === 0 ? whole : { anyOf: [typed(others), whole] }, exact: true }];
};

function typed(names: readonly unknown[]): { readonly type: unknown } {
  return { type: names.length === 1 ? names[0] : names };
}

/** `enum`, and `const`, which is an `enum` of one. */
export const values: Rewriter = ({ schema }) => {
  const listed = own(schema, 'enum');
  const lists: (readonly unknown[])[] = Array.isArray(listed) ? [listed] : [];
  if (Object.hasOwn(schema, 'const')) lists.push([own(schema, 'const')]);
  const [first, ...others] = lists;
  if (first === undefined) return [];
  const common = first.filter((value) =>
    others.every((list) => list.some((other) => canonicalText(other) === canonicalText(value))),
  );
  return [{ schema: common.length === 0 ? nothing : { enum: common }, exact: true }];
};

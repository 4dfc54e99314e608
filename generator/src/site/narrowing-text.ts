import { printType } from '../emit/print/type-expression.ts';
import type { TypeExpression } from '../model/type-expression.ts';

/** Types never change, and pages of events and of services print the same ones. */
const known = new WeakMap<TypeExpression, string>();

/** A narrowed payload as TypeScript that starts at the left; several lines where one would be long. */
export function narrowingText({ type }: { readonly type: TypeExpression }): string {
  const text = known.get(type) ?? printType(type, { column: 0 });
  known.set(type, text);
  return text;
}

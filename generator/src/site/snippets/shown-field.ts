import { isIdentifierName } from '../../emit/print/identifier.ts';
import { objectKey } from '../../emit/print/property-key.ts';
import type { TypeExpression } from '../../model/type-expression.ts';
import type { TypeNames } from './fits-type.ts';
import { memberOf } from './snippet-text.ts';

/** A field that a type surely has. */
interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly isScalar: boolean;
}

/**
 * Spells a field of a payload as an entry of an object: `orderId: payload.orderId`. It is an identity where there is
 * one, else a required scalar, else what there is; the whole payload where no field is known.
 */
export function fieldEntry(payload: string, type: TypeExpression, names: TypeNames): string {
  const fields = fieldsOf(type, names, 0).filter(({ name }) => name.length <= 40);
  const [best] = [...fields].sort((a, b) => rank(a) - rank(b));
  if (best === undefined) return `payload: ${payload}`;
  return `${objectKey(best.name)}: ${memberOf(payload, best.name)}`;
}

function rank({ name, required, isScalar }: Field): number {
  const isId = /(^id|Id|ID|_id)$/.test(name);
  return (isId ? 0 : 1) + (required ? 0 : 2) + (isScalar ? 0 : 4) + (isIdentifierName(name) ? 0 : 8);
}

/** Fields that every value of a type may be asked for; deep nesting of types is left. */
function fieldsOf(type: TypeExpression, names: TypeNames, depth: number): readonly Field[] {
  if (depth > 8) return [];
  const below = (part: TypeExpression): readonly Field[] => fieldsOf(part, names, depth + 1);
  switch (type.kind) {
    case 'object':
      return type.properties.map(({ name, required, type: own }) => ({ name, required, isScalar: isScalar(own) }));
    case 'reference': {
      const named = names.get(type.name);
      return named === undefined ? [] : below(named);
    }
    case 'intersection':
      return [...new Map(type.members.flatMap(below).map((field) => [field.name, field])).values()];
    case 'union': {
      const [first = [], ...others] = type.members.map(below);
      return first.filter(({ name }) => others.every((fields) => fields.some((field) => field.name === name)));
    }
    default:
      return [];
  }
}

function isScalar(type: TypeExpression): boolean {
  if (type.kind === 'union') return type.members.every(isScalar);
  return type.kind === 'literal' || type.kind === 'template' || (type.kind === 'primitive' && type.name !== 'unknown');
}

import type { TypeExpression } from '../../model/type-expression.ts';

/** A value that a header's type takes; undefined when none is found. */
export function sampleOf(type: TypeExpression): unknown {
  switch (type.kind) {
    case 'primitive':
      return primitives.get(type.name);
    case 'literal':
      return type.value;
    case 'template':
      return type.texts.join('');
    case 'array': {
      const item = sampleOf(type.element);
      return item === undefined ? undefined : [item];
    }
    case 'union':
      return type.members.map(sampleOf).find((sample) => sample !== undefined);
    default:
      return undefined;
  }
}

const primitives: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['string', 'text'],
  ['unknown', 'text'],
  ['number', 1],
  ['boolean', true],
]);

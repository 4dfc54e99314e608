import type { TypeExpression } from '../model/type-expression.ts';

/** Returns the type with every reference named by `rename`: another file may know a type by another name. */
export function renameReferences(type: TypeExpression, rename: (name: string) => string): TypeExpression {
  const inner = (part: TypeExpression): TypeExpression => renameReferences(part, rename);
  switch (type.kind) {
    case 'reference':
      return { ...type, name: rename(type.name) };
    case 'array':
      return { ...type, element: inner(type.element) };
    case 'tuple':
      return { ...type, elements: type.elements.map(inner), rest: type.rest === null ? null : inner(type.rest) };
    case 'object':
      return {
        ...type,
        properties: type.properties.map((property) => ({ ...property, type: inner(property.type) })),
        index: type.index === null ? null : inner(type.index),
      };
    case 'union':
    case 'intersection':
      return { ...type, members: type.members.map(inner) };
    case 'primitive':
    case 'literal':
    case 'template':
      return type;
    default:
      return type satisfies never;
  }
}

import { isIdentifierName } from './identifier.ts';
import { stringLiteral } from './literal.ts';

/**
 * Spells the key of a member of a type: bare when it is an identifier, quoted otherwise.
 * `new` and `constructor` are quoted too, since bare they declare constructors in some places.
 */
export function propertyKey(name: string): string {
  return isIdentifierName(name) && name !== 'new' && name !== 'constructor' ? name : stringLiteral(name);
}

/** Spells the key of an object literal. `__proto__` is computed: any other spelling sets the prototype instead. */
export function objectKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : propertyKey(name);
}

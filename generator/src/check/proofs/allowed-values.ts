import type { Branch, Scalar } from '@eventloom/engine';
import { declaredAt, schemasInPlace } from '../../model/payload-facts.ts';
import { own, ownList } from '../../model/schema/json.ts';
import { anythingBut, exactly } from './literal.ts';
import { neverHas } from './proofs.ts';
import { wordsOfSchema } from './schema-words.ts';
import type { Space } from './space.ts';

/** Values that are listed in a message; of more, it only says that they are listed. */
const maximumListed = 200;

/**
 * The scalars that a filter finds at a path in valid payloads that match other leaves too, in the order of the schema;
 * null when the schemas do not list them.
 * @param others default: none
 */
export function listedAt(space: Space, path: string, others: Branch = []): readonly Scalar[] | null {
  const schemas = declaredAt(space.root, path.split('.')).flatMap((schema) => schemasInPlace(space.root, schema));
  const listed = schemas.flatMap((schema) =>
    Object.hasOwn(schema, 'const') ? [own(schema, 'const')] : ownList(schema, 'enum'),
  );
  const isBoolean = schemas.some(({ type }) => [type].flat().includes('boolean'));
  const isNullable = schemas.some(({ type, nullable }) => [type].flat().includes('null') || nullable === true);
  const more = [...(isBoolean ? [true, false] : []), ...(isNullable ? [null] : [])];
  const candidates = [...new Set([...listed, ...more].filter(isScalar))];
  if (candidates.length > maximumListed || !neverHas(space, path, anythingBut(candidates))) return null;
  return candidates.filter((value) => !neverHas(space, path, exactly(value), others));
}

/** What a filter can find at a path, in words that follow "it is": null when that is not known or too long to say. */
export function wordsAt(space: Space, path: string): string | null {
  const listed = listedAt(space, path);
  if (listed !== null && listed.length > 0) return oneOf(listed);
  const words = declaredAt(space.root, path.split('.')).map((schema) => wordsOfSchema(schema, space.lookup));
  const [only, ...others] = [...new Set(words)];
  return others.length === 0 ? (only ?? null) : null;
}

/** Values in words: `one of "eu" or "us"`. */
export function oneOf(values: readonly Scalar[]): string {
  const shown = values.slice(0, 12).map((value) => JSON.stringify(value));
  const more = values.length > shown.length ? [`${values.length - shown.length} more`] : [];
  const [last, ...before] = [...shown, ...more].reverse();
  if (before.length === 0) return last ?? 'nothing';
  return `one of ${before.reverse().join(', ')} or ${last}`;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

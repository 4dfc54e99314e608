import type { PayloadSchema } from '@eventloom/runtime';
import type fc from 'fast-check';
import { Unmakeable } from '../make/kit.ts';
import { make } from '../make/make.ts';
import { arbitraryKit } from './arbitrary-kit.ts';

/** How payloads are made. */
export interface ArbitraryOptions {
  /** Levels down to which payloads have more than they must; recursion ends soon below. From 0. Default: 5. */
  readonly depth?: number | undefined;
  /** Judges every payload once more, such as the generated type guard. Default: the schema alone judges. */
  readonly validate?: ((value: unknown) => boolean) | undefined;
}

/**
 * An arbitrary of fast-check that makes valid payloads of a generated schema, and shrinks them.
 *
 * Throws an {@link Unmakeable} that names the part of the schema for which it found no value: here, or, where luck
 * decides, when a value is drawn.
 * @example fc.assert(fc.property(arbitrary(orderPlacedSchema), (order) => charge(order) >= 0));
 */
export function arbitrary<Payload>(
  schema: PayloadSchema<Payload>,
  { depth = 5, validate }: ArbitraryOptions = {},
): fc.Arbitrary<Payload> {
  const made = make(arbitraryKit, schema, { depth, examples: false });
  if (!arbitraryKit.works(made)) throw new Unmakeable(JSON.stringify(schema));
  const judged = validate === undefined ? made : arbitraryKit.sieve(made, validate, JSON.stringify(schema));
  return judged as fc.Arbitrary<Payload>;
}

import type { PayloadSchema } from '@eventloom/runtime';
import fc from 'fast-check';
import { type BrokenRule, schemaCheck } from '../schema/check.ts';
import { canonicalText } from '../schema/schema.ts';
import { type ArbitraryOptions, arbitrary } from './arbitrary.ts';
import { arbitraryKit } from './arbitrary-kit.ts';
import { mutationsOf } from './mutations.ts';

/** A payload that breaks one rule of its schema, and which. */
export interface InvalidPayload extends BrokenRule {
  readonly payload: unknown;
}

/**
 * An arbitrary of payloads that are valid but for one place, where they break one keyword. Alternatives (`anyOf`,
 * `oneOf`, `not`) count as one keyword. Rare keywords are drawn about as often as common ones. Payloads are not shrunk.
 *
 * Throws an `Unmakeable` when nothing that was tried makes a payload invalid.
 * @example fc.assert(fc.property(invalidArbitrary(orderPlacedSchema), ({ payload }) => !isOrderPlaced(payload)));
 */
export function invalidArbitrary<Payload>(
  schema: PayloadSchema<Payload>,
  options: ArbitraryOptions = {},
): fc.Arbitrary<InvalidPayload> {
  const check = schemaCheck(schema);
  const drawn = fc.tuple(arbitrary(schema, { depth: options.depth }), fc.nat(), fc.nat());
  const broken = drawn.map(([payload, keyword, choice]): InvalidPayload | null => {
    const found = mutationsOf(payload, schema, choice).flatMap((mutated): InvalidPayload[] => {
      const [rule, ...others] = check(mutated);
      if (rule === undefined || others.length > 0 || options.validate?.(mutated) === true) return [];
      return [{ ...rule, payload: mutated }];
    });
    const keywords = [...new Set(found.map((one) => one.keyword))].sort();
    const chosen = found.filter((one) => one.keyword === keywords[keyword % keywords.length]);
    return chosen[choice % chosen.length] ?? null;
  });
  // Passes over payloads that could not be broken, but not for ever.
  const found = arbitraryKit.sieve(fc.noShrink(broken), (one) => one !== null, `{"not":${canonicalText(schema)}}`);
  return found as fc.Arbitrary<InvalidPayload>;
}

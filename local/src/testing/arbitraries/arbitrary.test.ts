import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as shop from '../../../../generated/events/index.ts';
import { findEndless } from '../../../../generator/src/model/schema/endless.ts';
import { instancesOf } from '../../../../test/support/instances.ts';
import { bundles } from '../../../../test/support/schemas.ts';
import { runAjv } from '../../../../test/support/validators.ts';
import { arbitrary, Unmakeable } from './index.ts';

describe('an arbitrary of payloads', () => {
  test('makes valid payloads of every random schema, or says that it cannot', () => {
    const outcome = { made: 0, refused: 0, satisfiable: 0 };
    fc.assert(
      fc.property(bundles, fc.integer(), (schema, seed) => {
        const validate = compiled(schema);
        if (validate === undefined) return;
        try {
          for (const value of fc.sample(arbitrary(schema), { numRuns: 10, seed })) {
            expect(validate(value), JSON.stringify({ schema, value })).toBe(true);
          }
          outcome.made++;
        } catch (error) {
          if (!(error instanceof Unmakeable)) throw error;
          outcome.refused++;
          if (instancesOf(schema, seed, 50).some((value) => validate(value))) outcome.satisfiable++;
        }
      }),
      { numRuns: 400 },
    );
    expect(outcome.made).toBeGreaterThan(150);
    expect(outcome.satisfiable).toBeLessThan(outcome.made / 50);
  });

  test.each([
    ['OrderPlaced', shop.orderPlacedSchema, shop.isOrderPlaced],
    ['OrderSubmitted', shop.orderSubmittedSchema, shop.isOrderSubmitted],
    ['OrderUpdated', shop.orderUpdatedSchema, shop.isOrderUpdated],
    ['PaymentProcessed', shop.paymentProcessedSchema, shop.isPaymentProcessed],
    ['ShipmentCreated', shop.shipmentCreatedSchema, shop.isShipmentCreated],
  ] as const)('makes %s as the generated validator accepts it', (_, schema, isValid) => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitrary<unknown>(schema), (payload) => {
        seen.add(JSON.stringify(payload));
        expect(isValid(payload)).toBe(true);
      }),
    );
    expect(seen.size).toBeGreaterThan(50);
  });
});

function compiled(schema: Readonly<Record<string, unknown>>): ReturnType<typeof runAjv> | undefined {
  try {
    return findEndless(schema).length > 0 ? undefined : runAjv(schema);
  } catch {
    return undefined;
  }
}

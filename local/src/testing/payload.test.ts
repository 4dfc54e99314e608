import type { PayloadSchema } from '@eventloom/runtime';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  isOrderPlaced,
  isOrderSubmitted,
  isOrderUpdated,
  isPaymentProcessed,
  isShipmentCreated,
  type OrderPlaced,
  orderPlacedSchema,
  orderSubmittedSchema,
  orderUpdatedSchema,
  paymentProcessedSchema,
  shipmentCreatedSchema,
} from '../../../generated/events/index.ts';
import { Unmakeable } from './make/kit.ts';
import { payloadOf } from './payload.ts';

describe('a payload for a test', () => {
  test('is the first example of the schema where it has one', () => {
    expect(payloadOf(orderPlacedSchema)).toMatchObject({
      orderId: '4c6ff6f5-6e59-4f4e-9d0b-1c2a2b5dcb0a',
      total: 61.4,
    });
  });

  test('has the fields that were asked for, at any depth, and is valid', () => {
    const order = payloadOf(orderPlacedSchema, { market: 'ru', customer: { tier: 'silver' }, coupon: undefined });
    expect(order).toMatchObject({ market: 'ru', customer: { tier: 'silver', email: 'ada@example.com' } });
    expect(isOrderPlaced(order)).toBe(true);
    expectTypeOf(order).toExtend<OrderPlaced & { readonly market: 'ru' }>();
    expectTypeOf(order.customer.tier).toEqualTypeOf<'silver'>();
  });

  test('is made anew around fields that go with no example', () => {
    const declined = payloadOf(paymentProcessedSchema, { status: 'declined' });
    expect(declined.status).toBe('declined');
    expect(isPaymentProcessed(declined)).toBe(true);
    expectTypeOf(declined.declineReason).not.toBeAny();
  });

  test('is the same for the same seed, and valid for any', () => {
    for (const [schema, isValid] of [
      [orderPlacedSchema, isOrderPlaced],
      [orderSubmittedSchema, isOrderSubmitted],
      [orderUpdatedSchema, isOrderUpdated],
      [paymentProcessedSchema, isPaymentProcessed],
      [shipmentCreatedSchema, isShipmentCreated],
    ] as const) {
      const { examples: _, ...bare } = schema as Readonly<Record<string, unknown>>;
      for (let seed = 0; seed < 20; seed++) {
        const payload = payloadOf<unknown, never>(bare, undefined, { seed });
        expect(isValid(payload), JSON.stringify(payload)).toBe(true);
        expect(payloadOf<unknown, never>(bare, undefined, { seed })).toEqual(payload);
      }
    }
  });

  test('cannot be made around a field that the schema refuses', () => {
    expect(() => payloadOf(orderPlacedSchema, { total: -1 })).toThrow(Unmakeable);
    // @ts-expect-error there is no such market
    expect(() => payloadOf(orderPlacedSchema, { market: 'moon' })).toThrow(/Cannot make a valid value/);
  });

  test('says which field it cannot be made around, and what is called nearly so', () => {
    const ship = { type: 'object', additionalProperties: false, properties: { tonnage: { type: 'number' } } };
    const schema: PayloadSchema<unknown> = { type: 'object', properties: { ship, flag: { enum: ['DE', 'FR'] } } };
    const made = (asked: unknown) => (): unknown => payloadOf<unknown, unknown>(schema, asked);
    expect(made({ flag: 'DE', ship: { tonnage: 5, tonage: 6 } })).toThrow(
      /"tonnage":{"type":"number"}.*: it has no field \/ship\/tonage, which was asked for; the nearest is "tonnage"/,
    );
    expect(made({ flag: 'IT', ship: { tonnage: 5 } })).toThrow(/there is none in which \/flag is "IT"/);
    const either = { ...schema, not: { required: ['ship', 'flag'] } };
    expect(() => payloadOf<unknown, unknown>(either, { flag: 'DE', ship: {} })).toThrow(
      /do not go together: \/flag, \/ship/,
    );
  });

  test('takes only fields that the payload declares, at any depth', () => {
    // @ts-expect-error there is no such field
    expect(() => payloadOf(orderPlacedSchema, { total: 5, totall: 3 })).toThrow(/\/totall/);
    const misspelt = { email: 'a@b.example', mial: 'a@b.example' } as const;
    // @ts-expect-error there is no such field of a customer
    expect(() => payloadOf(orderPlacedSchema, { customer: misspelt })).toThrow(/\/customer\/mial/);
    type Berth =
      | { readonly kind: 'dry'; readonly cranes: readonly { readonly name: string }[] }
      | { readonly kind: 'wet'; readonly depth: number | null; readonly tags?: Readonly<Record<string, number>> };
    const berths: PayloadSchema<Berth> = {
      type: 'object',
      properties: { kind: {}, cranes: {}, depth: {}, tags: {} },
    };
    const asked = { kind: 'wet', depth: null, tags: { any: 1 } } as const;
    expectTypeOf(payloadOf(berths, asked).depth).toEqualTypeOf<null>();
    expectTypeOf(payloadOf(berths, { kind: 'dry', cranes: [{ name: 'a' }] }).kind).toEqualTypeOf<'dry'>();
    const cranes: readonly { readonly name: string }[] = [];
    const some: { readonly kind?: 'dry' } = {};
    payloadOf(berths, { cranes });
    payloadOf(berths, some);
    // @ts-expect-error a crane has no such field
    payloadOf(berths, { kind: 'dry', cranes: [{ name: 'a', nmae: 'b' }] });
    // @ts-expect-error no berth has such a field
    payloadOf(berths, { kind: 'wet', dept: 3 });
  });

  test('belongs to the test alone', () => {
    const first = payloadOf(orderPlacedSchema);
    Object.assign(first, { total: 1 });
    expect(payloadOf(orderPlacedSchema).total).toBe(61.4);
  });
});

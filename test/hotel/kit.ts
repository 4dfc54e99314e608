import { eventOf, harness, inputFor, payloadOf } from '@eventloom/local/testing';
import { arbitrary, invalidArbitrary } from '@eventloom/local/testing/arbitraries';
import { PermanentError } from '@eventloom/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bookingCancelledSchema,
  bottleTakenSchema,
  nightBilledSchema,
  roomBookedSchema,
  roomVacatedSchema,
} from './generated/index.js';
import { billBottleBatch, settleStay, splitStay } from './generated/services/billing/index.js';
import { welcomeGuest } from './generated/services/concierge/index.js';
import { cleanRoom } from './generated/services/housekeeping/index.js';
import { rebook } from './generated/services/reception/index.js';
import { syncRegister } from './generated/services/register/index.js';

describe('a split and what gathers it', () => {
  const stay = eventOf('RoomBooked', roomBookedSchema, {
    nights: [
      { date: '2026-01-01', price: 100 },
      { date: '2026-01-02', price: 120 },
    ],
  });

  test('take what the other has published, as it is', async () => {
    const split = harness(splitStay(({ price }, { event }) => ({ bookingId: event.payload.bookingId, price })));
    await split.deliver(stay);
    split.expectHandledOnce(stay);
    const prices: readonly number[] = split.published.map(({ payload }) => payload.price);
    expect(prices).toEqual([100, 120]);

    const settle = harness(
      settleStay(async (nights, { publish }) => {
        const total = nights.reduce((sum, { payload }) => sum + payload.price, 0);
        await publish('StaySettled', { bookingId: nights[0]?.payload.bookingId ?? '', total });
      }),
    );
    await settle.deliver(split.published, { times: 2 });
    for (const night of split.published) settle.expectHandledOnce(night);
    const [settled, ...others] = settle.published;
    expect([settled?.payload.total, others]).toEqual([220, []]);
    expect([settled?.correlationId, settled?.part]).toEqual([stay.payload.bookingId, undefined]);
  });

  test('time out visibly', async () => {
    const night = eventOf('NightBilled', nightBilledSchema, {}, { part: { of: 'stay-1', index: 1, count: 3 } });
    const settle = harness(
      settleStay(() => {}),
      { maxReceiveCount: 5 },
    );
    await settle.deliver(night);
    settle.expectDeadLettered(night, { code: 'gather-timeout', reason: /2 did not come in time: 0, 2/ });
  });
});

describe('a batch of a FIFO queue', () => {
  const taken = (room: string, drink: 'cola' | 'beer') =>
    eventOf('BottleTaken', bottleTakenSchema, { room, drink }, { group: room });

  test('keeps the order of a room, and fails no other', async () => {
    const bar = harness(
      billBottleBatch(async (bottles, { of, fail }) => {
        for (const bottle of bottles) {
          const { room, drink } = bottle.payload;
          if (drink === 'beer' && of(bottle).attempt === 1) fail(bottle, new Error('the tap is dry'));
          else await of(bottle).publish('PositionBilled', { room, text: drink });
        }
      }),
    );
    const bottles = [taken('100', 'cola'), taken('101', 'beer'), taken('100', 'beer')];
    await bar.deliver(bottles);
    for (const bottle of bottles) bar.expectHandledOnce(bottle);
    const failed = bar.runs.filter(({ error }) => error !== undefined).map(({ payload }) => payload.room);
    expect(failed.sort()).toEqual(['100', '101']);
    expect(bar.published.map(({ payload }) => payload.text)).toEqual(['cola', 'beer', 'beer']);
  });
});

describe('a consumer that remembers', () => {
  test('welcomes a guest once, however often the booking is published', async () => {
    const desk = harness(welcomeGuest(() => {}));
    const booking = eventOf('RoomBooked', roomBookedSchema, { guest: { tier: 'gold' } });
    const again = { ...booking };
    await desk.deliver([booking, again], { times: 2 });
    desk.expectHandledOnce(booking);
    desk.expectLeftOut(again);
    expect(() => desk.expectHandledOnce(again)).toThrow(/was not handled\.\n- left out: .*idempotency/);
    expect(() => desk.expectLeftOut(booking)).toThrow(
      /left out by concierge\/welcomeGuest, and was not\.\n- attempt 1/,
    );
  });

  test('waits for a circuit, and tells what it waits for', async () => {
    const police = { answers: false };
    const register = harness(
      syncRegister((_, { downstreams }) =>
        downstreams.police.call(async () => {
          if (!police.answers) throw new Error('no answer');
        }),
      ),
      { maxReceiveCount: 10 },
    );
    const list = [1, 2, 3].map((seed) => eventOf('BookingCancelled', bookingCancelledSchema, {}, { seed }));
    await register.send(list);
    await register.advance(60_000);
    expect(() => register.expectHandledOnce(list[2] ?? '')).toThrow(/was not handled[\s\S]*police is open/);
    police.answers = true;
    await register.settle();
    for (const event of list) register.expectHandledOnce(event);
  });

  test('gets large events whole', async () => {
    const register = harness(syncRegister(() => {}));
    const name = 'Ada '.repeat(1_000);
    const booking = eventOf('RoomBooked', roomBookedSchema, { guest: { name } }, { claimed: true });
    await register.deliver(booking);
    register.expectHandledOnce(booking);
    const [run] = register.runs;
    expect(run?.name === 'RoomBooked' && run.payload.guest.name).toBe(name);
  });

  test('hands large events on as claims, which the next takes', async () => {
    const name = 'Ada '.repeat(1_000);
    const reception = harness(
      rebook(async ({ payload: { bookingId } }, { publish }) => {
        await publish('RoomBooked', payloadOf(roomBookedSchema, { bookingId, guest: { name } }));
      }),
    );
    await reception.deliver(eventOf('BookingCancelled', bookingCancelledSchema));
    const [booked] = reception.published;
    expect([booked?.claimed, booked?.payload.guest.name]).toEqual([true, name]);

    const register = harness(syncRegister(() => {}));
    await register.deliver(reception.published);
    register.expectHandledOnce(booked ?? '');
    expect(register.runs[0]?.payload).toEqual(booked?.payload);
  });
});

describe('a consumer of a topic', () => {
  const vacated = eventOf('RoomVacated', roomVacatedSchema, { floor: 1 }, { headers: { floor: 1 } });
  const maid = () =>
    harness(
      cleanRoom(async ({ payload: { room } }, { publish }) => {
        if (room === '999') throw new PermanentError('There is no such room', { code: 'no-room' });
        await publish('RoomCleaned', { room });
        await publish('PositionBilled', { room, text: 'cleaning' });
      }),
    );

  test('publishes to topic and bus, told apart by name', async () => {
    const cleaning = maid();
    await cleaning.deliver(vacated);
    cleaning.expectHandledOnce(vacated);
    const texts = cleaning.published.map((event) =>
      event.name === 'PositionBilled' ? event.payload.text : `${event.source} ${event.payload.room}`,
    );
    expect(texts).toEqual([`hotel.rooms ${vacated.payload.room}`, 'cleaning']);
    // @ts-expect-error it publishes no bookings
    void (() => cleaning.published.some(({ name }) => name === 'RoomBooked'));
  });

  test('gives up on what is invalid and on what the handler refuses, for code, path and rule', async () => {
    const cleaning = maid();
    const poison = { name: 'RoomVacated', payload: { ...payloadOf(roomVacatedSchema), floor: 'x' as never } } as const;
    const missing = eventOf('RoomVacated', roomVacatedSchema, { room: '999' });
    await cleaning.deliver([poison, missing]);
    cleaning.expectDeadLettered(poison, { code: 'invalid-payload', path: '/floor', rule: 'type' });
    cleaning.expectDeadLettered(missing, { code: 'no-room', reason: 'no such room' });
    expect(() => cleaning.expectDeadLettered(poison, { path: '/room' })).toThrow(
      /with path "\/room", and was for something else\.\n- dead-lettered: code invalid-payload, path \/floor, rule type/,
    );
    expect(() => cleaning.expectDeadLettered(vacated)).toThrow('This event was not delivered');
  });
});

test('a function gives up for code, path and rule too, and is called as Lambda calls it', async () => {
  const desk = harness(welcomeGuest(() => {}));
  const booking = eventOf('RoomBooked', roomBookedSchema, { guest: { tier: 'gold' } });
  const poison = { name: booking.name, payload: { ...booking.payload, nights: [] as never } };
  await desk.deliver(poison);
  desk.expectDeadLettered(poison, { code: 'invalid-payload', path: '/nights', rule: 'minItems' });
  expect(
    inputFor(
      welcomeGuest(() => {}),
      booking,
    ),
  ).toMatchObject({ 'detail-type': 'RoomBooked', detail: booking.payload });
  // @ts-expect-error silver guests are not let through by the filter
  void (() => desk.deliver(eventOf('RoomBooked', roomBookedSchema, { guest: { tier: 'silver' } })));
});

test('every booking that is possible is split; one that breaks a rule is dead-lettered for that', async () => {
  const split = () => harness(splitStay(({ price }, { event }) => ({ bookingId: event.payload.bookingId, price })));
  await fc.assert(
    fc.asyncProperty(arbitrary(roomBookedSchema), async (payload) => {
      const stays = split();
      const stay = { name: 'RoomBooked', payload } as const;
      await stays.deliver(stay);
      stays.expectHandledOnce(stay);
      expect(stays.published).toHaveLength(payload.nights.length);
    }),
    { numRuns: 20 },
  );
  await fc.assert(
    fc.asyncProperty(invalidArbitrary(roomBookedSchema), async ({ payload, path, keyword }) => {
      const stays = split();
      const stay = { name: 'RoomBooked', payload: payload as never } as const;
      await stays.deliver(stay);
      stays.expectDeadLettered(stay, { code: 'invalid-payload', path, rule: keyword });
    }),
    { numRuns: 20 },
  );
});

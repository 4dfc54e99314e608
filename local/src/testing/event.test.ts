import type { LambdaHandler, PayloadSchema, ReceivedEvent } from '@eventloom/runtime';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { type EventFor, eventOf } from './event.ts';

interface Sailed {
  readonly ship: string;
}

const sailedSchema: PayloadSchema<Sailed> = {
  type: 'object',
  required: ['ship'],
  properties: { ship: { type: 'string' } },
};

type Arrival = ReceivedEvent<'ShipSailed', 'port.arrivals', Sailed>;
type Departure = ReceivedEvent<'ShipSailed', 'port.departures', Sailed>;
type Weighed = ReceivedEvent<'BoxWeighed', 'port.boxes', { readonly kilos: number }>;

describe('an event for a test', () => {
  test('has the source that was given, and is told by it where one name comes from several channels', () => {
    const departure = eventOf('ShipSailed', sailedSchema, { ship: 'a' }, { source: 'port.departures' });
    expect(departure).toEqual({ name: 'ShipSailed', source: 'port.departures', payload: { ship: 'a' } });
    type Takes = EventFor<LambdaHandler<'berths/free', Arrival | Departure | Weighed>>;
    expectTypeOf(departure).toExtend<Takes>();
    expectTypeOf(eventOf('ShipSailed', sailedSchema)).not.toExtend<Takes>();
    expectTypeOf(eventOf('ShipSailed', sailedSchema, {}, { source: 'port.boxes' })).not.toExtend<Takes>();
    expectTypeOf<{ readonly name: 'BoxWeighed'; readonly payload: { readonly kilos: 1 } }>().toExtend<Takes>();
  });

  test('needs no source where its name comes from one channel', () => {
    type Takes = EventFor<LambdaHandler<'berths/free', Departure | Weighed>>;
    expectTypeOf(eventOf('ShipSailed', sailedSchema)).toExtend<Takes>();
    expectTypeOf(eventOf('ShipSailed', sailedSchema, {}, { source: 'port.arrivals' })).not.toExtend<Takes>();
  });

  test('takes only fields that its payload declares', () => {
    // @ts-expect-error there is no such field
    eventOf('ShipSailed', sailedSchema, { ship: 'a', shp: 'b' });
  });
});

import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { apologize, confirmTrip } from './generated/services/agency/index.js';
import { bookFlight, cancelFlight } from './generated/services/flights/index.js';
import { bookRoom } from './generated/services/hotels/index.js';

/** Each step that can be undone has a consumer that undoes it. Both run once, however often their event comes. */
export const handlers: HandlerModules = {
  'agency/apologize': async () => ({
    handler: apologize(({ payload }) => told(`agency: no trip ${payload.trip}, sorry`)),
  }),
  'agency/confirmTrip': async () => ({ handler: confirmTrip(({ payload }) => told(`agency: ${payload.trip} is on`)) }),
  'flights/bookFlight': async () => ({
    handler: bookFlight(async ({ payload }, { publish }) => {
      told(`flights: seat for ${payload.trip}`);
      await publish('FlightBooked', payload);
    }),
  }),
  'flights/cancelFlight': async () => ({
    handler: cancelFlight(async ({ payload }, { publish }) => {
      told(`flights: gives the seat of ${payload.trip} back`);
      await publish('FlightCancelled', payload);
    }),
  }),
  'hotels/bookRoom': async () => ({
    handler: bookRoom(async ({ payload }, { publish }) => {
      const isFull = payload.city === 'Ulm';
      told(`hotels: ${isFull ? 'no room' : 'room'} in ${payload.city}`);
      await (isFull ? publish('RoomRefused', payload) : publish('RoomBooked', payload));
    }),
  }),
};

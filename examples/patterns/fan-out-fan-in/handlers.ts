import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { serveMeal, splitMeal } from './generated/services/pass/index.js';
import { cookDish } from './generated/services/stove/index.js';

/** One event in, one for each dish, one call with all of them. */
export const handlers: HandlerModules = {
  'pass/serveMeal': async () => ({
    handler: serveMeal((dishes) =>
      told(`pass: serves ${dishes.map(({ payload }) => payload.dish).join(' and ')} together`),
    ),
  }),
  'pass/splitMeal': async () => ({
    handler: splitMeal((dish, { event }) => ({ table: event.payload.table, dish })),
  }),
  'stove/cookDish': async () => ({
    handler: cookDish(async ({ payload }, { publish }) => {
      await publish('DishCooked', payload);
    }),
  }),
};

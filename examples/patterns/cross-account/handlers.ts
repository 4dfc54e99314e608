import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { stackShelves } from './generated/services/store/index.js';

/** Where an event was published makes no difference to who handles it. */
export const handlers: HandlerModules = {
  'store/stackShelves': async () => ({
    handler: stackShelves(({ payload }) => told(`store: ${payload.boxes} boxes of ${payload.sku}`)),
  }),
};

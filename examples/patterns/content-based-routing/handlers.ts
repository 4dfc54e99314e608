import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { declareExport } from './generated/services/customs/index.js';
import { loadPallets } from './generated/services/freight/index.js';
import { sortLetters } from './generated/services/sorting/index.js';

/** Each handler sees its own parcels only: what the rules let through. */
export const handlers: HandlerModules = {
  'customs/declareExport': async () => ({
    handler: declareExport(({ payload }) => told(`customs: ${payload.id} goes to ${payload.country}`)),
  }),
  'freight/loadPallets': async () => ({
    handler: loadPallets(({ payload }) => told(`freight: ${payload.id} weighs ${payload.kilograms} kg`)),
  }),
  'sorting/sortLetters': async () => ({
    handler: sortLetters(({ payload }) => told(`sorting: ${payload.id} is a letter`)),
  }),
};

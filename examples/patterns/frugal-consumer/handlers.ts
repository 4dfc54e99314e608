import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { updateCatalogueBatch } from './generated/services/catalogue/index.js';

/** The whole batch becomes one write to a catalogue that takes few. */
export const handlers: HandlerModules = {
  'catalogue/updateCatalogue': async () => ({
    handler: updateCatalogueBatch((events) => told(`catalogue: one write for ${events.length} books`)),
  }),
};

import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { confirmIberian } from './generated/services/iberian/index.js';
import { confirmNordic } from './generated/services/nordic/index.js';

/** Each market has a queue of its own: a flood in one delays no other. */
export const handlers: HandlerModules = {
  'iberian/confirmIberian': async () => ({
    handler: confirmIberian(({ payload }) => told(`iberian: ${payload.trip}`)),
  }),
  'nordic/confirmNordic': async () => ({ handler: confirmNordic(({ payload }) => told(`nordic: ${payload.trip}`)) }),
};

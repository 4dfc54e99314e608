import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { tellCustomer } from './generated/services/website/index.js';

/** The workflow needs none: it is the definition beside the spec. */
export const handlers: HandlerModules = {
  'website/tellCustomer': async () => ({
    handler: tellCustomer(({ payload }) => told(`website: ${payload.claim} is settled`)),
  }),
};

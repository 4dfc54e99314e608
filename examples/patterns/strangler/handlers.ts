import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { printStatement } from './generated/services/statements/index.js';

/** Does not know which of the two systems an account lives in, and need not hear when that changes. */
export const handlers: HandlerModules = {
  'statements/printStatement': async () => ({
    handler: printStatement(({ payload }) => told(`statements: ${payload.iban} of ${payload.owner}`)),
  }),
};

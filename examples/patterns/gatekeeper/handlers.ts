import { told } from '../told.ts';
import { gate } from './gate.ts';
import type { HandlerModules } from './generated/index.js';
import { fileFinding } from './generated/services/records/index.js';

/** The authorizer stands before the API; who comes past it is nobody's concern behind it. */
export const handlers: HandlerModules = {
  'lab/authorizer': async () => ({ handler: gate }),
  'records/fileFinding': async () => ({
    handler: fileFinding(({ payload }) => told(`records: ${payload.finding} of ${payload.patient}`)),
  }),
};

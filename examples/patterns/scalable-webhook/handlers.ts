import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { trackParcel } from './generated/services/tracking/index.js';

/** Three at once, whatever the carrier sends. */
export const handlers: HandlerModules = {
  'tracking/trackParcel': async () => ({
    handler: trackParcel(({ payload }) => told(`tracking: ${payload.parcel} ${payload.state}`)),
  }),
};

import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { makeThumbnails } from './generated/services/imaging/index.js';

let attempts = 0;

/** Fails at its first attempt; Lambda tries again, and the caller need not care. */
export const handlers: HandlerModules = {
  'imaging/makeThumbnails': async () => ({
    handler: makeThumbnails(({ payload }) => {
      if (attempts++ === 0) throw new Error('out of memory');
      told(`imaging: ${payload.pages} thumbnails of ${payload.key} at attempt ${attempts}`);
    }),
  }),
};

import type { HandlerModules } from './generated/index.js';
import { countVisitor } from './generated/services/gates/index.js';

/** The one consumer of the museum with a handler. */
export const handlers: HandlerModules = {
  'gates/countVisitor': async () => ({
    handler: countVisitor(() => {}),
  }),
};

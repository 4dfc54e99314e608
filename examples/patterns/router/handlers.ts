import type { HandlerModules } from './generated/index.js';

/** Nobody handles: rules lead from bus to bus. */
export const handlers: HandlerModules = {};

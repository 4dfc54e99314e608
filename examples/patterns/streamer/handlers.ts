import type { HandlerModules } from './generated/index.js';

/** Nobody handles: streams are read by whoever wants to. */
export const handlers: HandlerModules = {};

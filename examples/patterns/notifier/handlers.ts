import type { HandlerModules } from './generated/index.js';

/** Nobody handles: the topic itself writes and calls. */
export const handlers: HandlerModules = {};

import { catalogue } from './catalogue.ts';
import type { HandlerModules } from './generated/index.js';
import { projectLoans } from './generated/services/catalogue/index.js';
import { createDeskOutboxRelay } from './generated/services/desk/index.js';

/** The relay publishes what the desk has written; the projection is what the website reads. */
export const handlers: HandlerModules = {
  'catalogue/projectLoans': async () => ({
    handler: projectLoans(({ name, payload }) => catalogue.note(payload.book, name === 'BookLent', payload.at)),
  }),
  'desk/outbox-relay': async () => ({ handler: createDeskOutboxRelay() }),
};

import { told } from '../told.ts';
import type { HandlerModules } from './generated/index.js';
import { writeInvoices } from './generated/services/billing/index.js';

/** Scheduler may fire twice for one time; the time is the key, so invoices are written once. */
export const handlers: HandlerModules = {
  'billing/writeInvoices': async () => ({
    handler: writeInvoices(({ payload }) => told(`billing: invoices of the month before ${payload.due.slice(0, 10)}`)),
  }),
};

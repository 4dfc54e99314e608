import { type HandlerContext, type LambdaHandler, PermanentError, RetryLater } from '@eventloom/runtime';
import { consumers, type Item, salariesOf } from './bank.ts';
import type { Chance } from './chance.ts';
import type { HandlerModules } from './generated/index.js';
import { applyMovement } from './generated/services/accounts/index.js';
import { keepBooking } from './generated/services/archive/index.js';
import { noteBooking } from './generated/services/audit/index.js';
import { keepEntry } from './generated/services/books/index.js';
import { payOutBatch } from './generated/services/cashier/index.js';
import { bookTransfer } from './generated/services/ledger/index.js';
import { mailLine } from './generated/services/mail/index.js';
import { makePayment, reportSalaries, splitSalaries } from './generated/services/payroll/index.js';
import { pushLine } from './generated/services/push/index.js';
import { screenTransfer } from './generated/services/risk/index.js';
import { type Bench, instance, runOf } from './instance.ts';
import { lockId } from './notebook.ts';
import type { Clearing } from './weather.ts';

/** Tells whether a consumer was drawn to refuse an item for good. */
export const isHopeless = ({ strikes }: Chance, consumer: string, id: string): boolean =>
  strikes(0.004, 'hopeless', consumer, id);

interface Received {
  readonly name: string;
  readonly source: string;
  readonly payload: Item;
}

/** Handlers that fail now and then: for a while, for good, or to ask for more time; always before their effect. */
export function makeHandlers(bench: Bench, chance: Chance, clearing: Clearing): HandlerModules {
  const fail = (id: string, context: HandlerContext): void => {
    const { consumer, messageId, now, requestId } = runOf(context);
    if (isHopeless(chance, consumer, id)) throw new PermanentError('Refused', { code: 'refused' });
    if (chance.strikes(0.004, 'poison', consumer, id)) throw new Error('Fails at every attempt');
    if (chance.strikes(0.06, 'transient', consumer, id, context.attempt)) throw new Error('Failed this time');
    if (context.attempt > 1 || !patient.has(consumer) || !chance.strikes(0.04, 'later', consumer, id)) return;
    bench.due.set(messageId, { at: now() + askedSeconds * 1_000, requestId });
    throw new RetryLater('Not yet', askedSeconds);
  };
  const take = ({ payload, ...event }: Received, context: HandlerContext): void => {
    const run = runOf(context);
    const memory = keyed.has(run.consumer) ? lockId(run.consumer, event, payload.id) : null;
    bench.book.take(run, payload.id, payload.account, memory);
  };
  const work = (event: Received, context: HandlerContext): void => {
    fail(event.payload.id, context);
    take(event, context);
  };
  const load = <Key extends string>(handler: LambdaHandler<Key>) => {
    const made = instance(handler, bench);
    return async () => ({ handler: made });
  };
  return {
    'ledger/bookTransfer': load(
      bookTransfer(async (event, context) => {
        fail(event.payload.id, context);
        // What it emits comes first: whoever receives it knows it by its key when it comes again.
        await context.publish('TransferBooked', event.payload);
        take(event, context);
      }),
    ),
    'risk/screenTransfer': load(screenTransfer(work)),
    'archive/keepBooking': load(keepBooking(work)),
    'audit/noteBooking': load(noteBooking(work)),
    'mail/mailLine': load(mailLine(work)),
    'push/pushLine': load(pushLine(work)),
    'accounts/applyMovement': load(applyMovement(work)),
    'cashier/payOut': load(
      payOutBatch((events, context) => {
        for (const event of events) {
          try {
            work(event, context.of(event));
          } catch (error) {
            context.fail(event, error);
          }
        }
      }),
    ),
    'books/keepEntry': load(keepEntry(work)),
    'payroll/splitSalaries': load(
      splitSalaries((payment, context) => {
        if (context.index === 0) {
          fail(context.event.payload.id, context);
          bench.book.take(runOf(context), context.event.payload.id, payment.account);
        }
        return payment;
      }),
    ),
    'payroll/makePayment': load(
      makePayment(async (event, context) => {
        fail(event.payload.id, context);
        await context.downstreams.clearing.call(() => clearing.pay());
        await context.publish('PaymentMade', event.payload);
        take(event, context);
      }),
    ),
    'payroll/reportSalaries': load(
      reportSalaries((parts, context) => {
        const [part] = parts;
        if (part?.part === undefined) throw new Error('Gathered what is no part');
        const id = salariesOf(part.payload.id);
        fail(id, context);
        const run = runOf(context);
        bench.book.take(run, id, part.payload.account, `gather#${run.consumer}#${part.part.of}`);
        for (const { payload } of parts) bench.book.take(run, payload.id, payload.account);
      }),
    ),
  };
}

const askedSeconds = 25;

/** Consumers that ask for more time: on a FIFO queue a whole group would wait, and a circuit asks for itself. */
const patient: ReadonlySet<string> = new Set([
  'ledger/bookTransfer',
  'archive/keepBooking',
  'mail/mailLine',
  'cashier/payOut',
]);

const keyed: ReadonlySet<string> = new Set(consumers.filter(({ once }) => once).map(({ key }) => key));

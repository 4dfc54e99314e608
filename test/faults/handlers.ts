import { type HandlerContext, type LambdaContext, type LambdaHandler, PermanentError } from '@eventloom/runtime';
import type { Chance } from './chance.ts';
import { type Effects, type Item, take } from './effects.ts';
import type { HandlerModules } from './generated/index.js';
import { applyMovement } from './generated/services/accounts/index.js';
import { keepBooking } from './generated/services/archive/index.js';
import { payOut } from './generated/services/cashier/index.js';
import { bookTransfer } from './generated/services/ledger/index.js';
import { mailLine } from './generated/services/mail/index.js';
import { screenTransfer } from './generated/services/risk/index.js';
import type { Sabotage } from './sabotage.ts';

/** What the handlers of one run share. */
export interface Bench {
  readonly chance: Chance;
  readonly effects: Effects;
  readonly sabotage: Sabotage;
}

/** Handlers that fail now and then, for a while or for good, always before their effect. */
export function makeHandlers(bench: Bench): HandlerModules {
  const { effects, chance } = bench;
  const work = (consumer: string, item: Item, { attempt }: HandlerContext): void => {
    if (chance(0.004, 'hopeless', consumer, item.id)) throw new PermanentError('refused', { code: 'refused' });
    if (chance(0.004, 'poison', consumer, item.id)) throw new Error('fails at every attempt');
    if (chance(0.08, 'transient', consumer, item.id, attempt)) throw new Error('failed this time');
    take(effects, consumer, item);
  };
  const load = <Key extends string>(handler: LambdaHandler<Key>) => {
    const shaken = shake(handler, bench);
    return async () => ({ handler: shaken });
  };
  return {
    'ledger/bookTransfer': load(
      bookTransfer(async ({ payload }, context) => {
        // What it emits comes first: the same item may be booked again downstream, which knows it by its key.
        await context.publish('TransferBooked', payload);
        work('ledger/bookTransfer', payload, context);
      }),
    ),
    'risk/screenTransfer': load(
      screenTransfer(({ payload }, context) => work('risk/screenTransfer', payload, context)),
    ),
    'archive/keepBooking': load(keepBooking(({ payload }, context) => work('archive/keepBooking', payload, context))),
    'mail/mailLine': load(mailLine(({ payload }, context) => work('mail/mailLine', payload, context))),
    'accounts/applyMovement': load(
      applyMovement(({ payload }, context) => work('accounts/applyMovement', payload, context)),
    ),
    'cashier/payOut': load(payOut(({ payload }, context) => work('cashier/payOut', payload, context))),
  };
}

/** Lambda delivers at least once: now and then twice at the same instant, or again after it was done. */
function shake<Key extends string>(handler: LambdaHandler<Key>, { chance, sabotage }: Bench): LambdaHandler<Key> {
  const inner = sabotage.handler?.(handler) ?? handler;
  const respond = async (input: unknown, context: LambdaContext): Promise<unknown> => {
    const id = context.awsRequestId;
    if (chance(0.03, 'crash before', id)) throw new Error('The container died before the handler began');
    if (chance(0.03, 'twice at once', id)) {
      const [answer, other] = await Promise.all([inner(input, context), inner(input, context)]);
      return failuresOfBoth(answer, other);
    }
    const answer = await inner(input, context);
    if (chance(0.03, 'twice in turn', id)) await inner(input, context).catch(() => {});
    if (chance(0.02, 'crash after', id)) throw new Error('The container died before it could answer');
    return answer;
  };
  return Object.assign(respond, handler);
}

/** A message stays on the queue only if nobody has handled it. */
function failuresOfBoth(one: unknown, other: unknown): unknown {
  const listed = (answer: unknown): readonly { readonly itemIdentifier: string }[] =>
    (answer as { batchItemFailures?: { itemIdentifier: string }[] } | undefined)?.batchItemFailures ?? [];
  const others = new Set(listed(other).map(({ itemIdentifier }) => itemIdentifier));
  return { batchItemFailures: listed(one).filter(({ itemIdentifier }) => others.has(itemIdentifier)) };
}

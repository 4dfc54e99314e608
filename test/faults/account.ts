import type { LocalSystem } from '@eventloom/local';
import { type Effects, effectKey, type Item } from './effects.ts';
import type { Kind, Published } from './produce.ts';

/** What one run did, and what it should not have done. */
export interface Account {
  readonly requested: number;
  readonly accepted: number;
  /** Not accepted, or not known to be, and said so to the publisher. */
  readonly reported: number;
  readonly handled: number;
  readonly deadLettered: number;
  /** Sentences that begin with `lost`, `twice`, `out of order`, `no reason` or `unreported`. */
  readonly violations: readonly string[];
}

interface Consumer {
  readonly key: string;
  /** The kind of item it takes; `transfer` downstream of the booking too. */
  readonly kind: Kind;
  readonly wants: (item: Item) => boolean;
  /** It has a business key: its effect happens once. */
  readonly once: boolean;
}

const all = (): boolean => true;

const consumers: readonly Consumer[] = [
  { key: 'ledger/bookTransfer', kind: 'transfer', wants: all, once: true },
  { key: 'risk/screenTransfer', kind: 'transfer', wants: ({ amount }) => amount >= 500, once: false },
  { key: 'mail/mailLine', kind: 'line', wants: all, once: false },
  { key: 'accounts/applyMovement', kind: 'movement', wants: all, once: true },
  { key: 'cashier/payOut', kind: 'payout', wants: all, once: true },
];
const archive: Consumer = { key: 'archive/keepBooking', kind: 'transfer', wants: all, once: true };

/** Holds what happened against what was published. */
export function account(system: LocalSystem, effects: Effects, published: readonly Published[]): Account {
  const dead = new Map([...consumers, archive].map(({ key }) => [key, deadItems(system, key)]));
  const count = ({ key }: Consumer, { id }: Item): number => effects.counts.get(effectKey(key, id)) ?? 0;
  const isDead = ({ key }: Consumer, { id }: Item): boolean => dead.get(key)?.has(id) ?? false;
  const violations: string[] = [];
  for (const { item, kind, valid, accepted } of published) {
    for (const consumer of consumers) {
      if (consumer.kind !== kind || !consumer.wants(item)) continue;
      const times = count(consumer, item);
      if (accepted && times === 0 && !isDead(consumer, item)) violations.push(`lost: ${item.id} at ${consumer.key}`);
      if (!valid && times > 0) violations.push(`handled though invalid: ${item.id} at ${consumer.key}`);
      if (consumer.once && times > 1) violations.push(`twice: ${item.id} at ${consumer.key}, ${times} times`);
    }
    const [booking] = consumers;
    if (kind !== 'transfer' || booking === undefined || count(booking, item) === 0) continue;
    const kept = count(archive, item);
    if (kept === 0 && !isDead(archive, item)) violations.push(`lost: booking of ${item.id} at ${archive.key}`);
    if (kept > 1) violations.push(`twice: booking of ${item.id} at ${archive.key}`);
  }
  violations.push(...disorder(effects), ...silence(system));
  const accepted = published.filter((one) => one.accepted).length;
  return {
    requested: published.length,
    accepted,
    reported: published.length - accepted,
    handled: [...effects.counts.values()].reduce((sum, times) => sum + times, 0),
    deadLettered: [...dead.values()].reduce((sum, { size }) => sum + size, 0),
    violations,
  };
}

/** The items that stand on the dead-letter queue of a consumer, whatever is around them. */
function deadItems(system: LocalSystem, consumer: string): ReadonlySet<string> {
  const bodies = system.deadLetters(consumer).map(({ body }) => body);
  return new Set(bodies.flatMap((body) => /(transfer|line|movement|payout)-\d+/.exec(body)?.[0] ?? []));
}

/** Movements of one account are a FIFO group. */
function disorder({ orders }: Effects): string[] {
  return [...orders].flatMap(([lane, numbers]) =>
    lane.startsWith('accounts/applyMovement') && numbers.some((number, index) => number < (numbers[index - 1] ?? 0))
      ? [`out of order: ${lane}: ${numbers.join(' ')}`]
      : [],
  );
}

function silence(system: LocalSystem): string[] {
  return [...consumers, archive].flatMap(({ key }) =>
    system.deadLetters(key).flatMap(({ reason, event }) => (reason ? [] : [`no reason: ${event.id} at ${key}`])),
  );
}

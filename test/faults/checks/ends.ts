import type { LocalSystem } from '@eventloom/local';
import { type Case, consumers, eventOf, gatherer, payer, salariesOf } from '../bank.ts';
import { keyOf, type Notebook } from '../notebook.ts';
import type { Letter } from './letters.ts';

/** What one run has left behind. */
export interface Remains {
  readonly book: Notebook;
  readonly letters: readonly Letter[];
  /** By id. */
  readonly cases: ReadonlyMap<string, Case>;
}

/** Every accepted event must have ended at every consumer that it matches, and what has an end must have been accepted. */
export function checkEnds({ book, letters, cases }: Remains): readonly string[] {
  const dead = new Set(letters.map(({ consumer, id }) => keyOf(consumer, id)));
  const closed = new Set(letters.filter(({ consumer }) => consumer === gatherer).map(({ id }) => salariesOf(id)));
  const violations: string[] = [];
  for (const key of book.accepted.keys()) {
    const [event = '', id = ''] = key.split(' ');
    const about = cases.get(id);
    if (about === undefined) continue;
    for (const consumer of consumers) {
      if (consumer.event !== event || !isFor(consumer.filter, about, id)) continue;
      if (book.effects.has(keyOf(consumer.key, id)) || dead.has(keyOf(consumer.key, id))) continue;
      if (consumer.key === gatherer && closed.has(salariesOf(id))) continue;
      violations.push(`lost: ${event} ${id} at ${consumer.key}`);
    }
  }
  for (const consumer of consumers) violations.push(...unfounded(book, consumer, cases));
  return violations;
}

/** A filter does not match what is no JSON. */
function isFor(filter: ((item: Case['item']) => boolean) | null, { flaw, item, payments }: Case, id: string): boolean {
  if (filter === null) return true;
  return flaw !== 'malformed' && filter(payments.find((payment) => payment.id === id) ?? item);
}

/** Effects of events that nobody published, or that nobody should have handled. */
function unfounded(
  book: Notebook,
  { key, event }: { readonly key: string; readonly event: string },
  cases: Remains['cases'],
): readonly string[] {
  return [...book.effects.keys()].flatMap((effect) => {
    if (!effect.startsWith(`${key} `)) return [];
    const id = effect.slice(key.length + 1);
    const isGroup = key === gatherer && !id.includes('/');
    if (!isGroup && !book.accepted.has(`${event} ${id}`)) return [`invented: ${effect} was never published`];
    const { flaw = 'none' } = cases.get(id) ?? {};
    return flaw === 'none' ? [] : [`handled though ${flaw}: ${effect}`];
  });
}

/** Splits must be whole, and gathered once or end visibly. */
export function checkSplits({ book, letters, cases }: Remains): readonly string[] {
  return [...cases.values()].flatMap(({ kind, item: { id }, payments, flaw }) => {
    if (kind !== 'salaries' || flaw !== 'none' || payments[0]?.id === undefined || cases.get(id)?.item.id !== id)
      return [];
    if (!book.accepted.has(`${eventOf.salaries} ${id}`)) return [];
    const of = (consumer: string) => letters.filter((letter) => letter.consumer === consumer);
    const isDead = of('payroll/splitSalaries').some((letter) => letter.id === id);
    const missing = payments.filter((payment) => !book.accepted.has(`PaymentOrdered ${payment.id}`));
    if (missing.length > 0 && !isDead) return [`lost: ${missing.length} parts of ${id} were not published`];
    const gathered = book.effects.get(keyOf(gatherer, id)) ?? [];
    const paid = payments.filter((payment) => book.accepted.has(`PaymentMade ${payment.id}`));
    const ends = of(gatherer).filter((letter) => salariesOf(letter.id) === id);
    if (paid.length > 0 && gathered.length + ends.length === 0) return [`lost: ${id} was neither gathered nor ended`];
    if (gathered.length > 0 && paid.length < payments.length) return [`incomplete: ${id} was gathered too early`];
    return [];
  });
}

/** The system's own account must know of nothing that is lost or under way. */
export function checkReport(system: LocalSystem): readonly string[] {
  return system
    .report()
    .consumers.flatMap(({ key, lost, inFlight }) =>
      lost + inFlight === 0 ? [] : [`lost: ${lost} events at ${key}, and ${inFlight} are under way for ever`],
    );
}

/** Calls of a downstream that is out of order: those that find out, and probes. */
export const mostCallsInVain = 25;

/** A circuit must spare its downstream. */
export function checkCircuit(callsInVain: number): readonly string[] {
  return callsInVain <= mostCallsInVain
    ? []
    : [`not spared: ${payer} called its downstream ${callsInVain} times in vain`];
}

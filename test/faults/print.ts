import type { Account } from './play.ts';
import type { Sabotage } from './sabotages/sabotage.ts';

/** What all seeds came to. */
export interface Total {
  readonly counts: Record<Count, number>;
  readonly deadLettered: Record<string, number>;
  readonly faults: Record<string, number>;
  seeds: number;
  violations: number;
  mostCallsInVain: number;
  add(account: Account): void;
}

const counts = [
  'requested',
  'accepted',
  'refused',
  'unconfirmed',
  'published',
  'handled',
  'absorbed',
  'repeated',
  'overtaken',
] as const;
type Count = (typeof counts)[number];

/** Nothing yet. */
export function totalOf(): Total {
  const total: Total = {
    counts: {
      requested: 0,
      accepted: 0,
      refused: 0,
      unconfirmed: 0,
      published: 0,
      handled: 0,
      absorbed: 0,
      repeated: 0,
      overtaken: 0,
    },
    deadLettered: {},
    faults: {},
    seeds: 0,
    violations: 0,
    mostCallsInVain: 0,
    add: (account) => {
      for (const count of counts) total.counts[count] += account[count];
      addTo(total.deadLettered, account.deadLettered);
      addTo(total.faults, account.faults);
      total.seeds++;
      total.violations += account.violations.length;
      total.mostCallsInVain = Math.max(total.mostCallsInVain, account.callsInVain);
    },
  };
  return total;
}

function addTo(sum: Record<string, number>, more: Readonly<Record<string, number | undefined>>): void {
  for (const [name, number = 0] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + number;
}

const violationsShown = 10;

/** A line for a seed; what is wrong, and how to see it again. */
export function printAccount(
  account: Account,
  { seed, events, removed }: { readonly seed: number; readonly events: number; readonly removed: Sabotage | undefined },
): void {
  const { accepted, handled, deadLettered, violations } = account;
  const dead = Object.values(deadLettered).reduce((sum, number) => sum + number, 0);
  const faults = Object.values(account.faults).reduce((sum, number) => sum + (number ?? 0), 0);
  console.log(
    `seed ${seed}: ${accepted} accepted, ${handled} handled, ${dead} dead-lettered, ${faults} faults, ` +
      `${violations.length} exceptions`,
  );
  if (violations.length === 0) return;
  for (const violation of violations.slice(0, violationsShown)) console.error(`  ${violation}`);
  if (violations.length > violationsShown) console.error(`  … and ${violations.length - violationsShown} more`);
  const without = removed === undefined ? '' : ` --without '${removed.name}'`;
  console.error(`  Again: npm run test:faults -- --seed ${seed} --events ${events}${without}`);
  console.error(`  Its account: ${JSON.stringify({ ...account, violations: undefined })}`);
}

/** Everything that was counted. */
export function printTotals({ counts, deadLettered, faults, seeds, violations, mostCallsInVain }: Total): void {
  const list = (record: Readonly<Record<string, number>>): string =>
    Object.entries(record)
      .sort(([, one], [, other]) => other - one)
      .map(([name, number]) => `${name} ${number}`)
      .join(', ');
  console.log(`faults: ${list(faults)}`);
  console.log(
    `publishers: ${counts.requested} events, ${counts.accepted} accepted, ${counts.refused} refused and told so, ` +
      `${counts.unconfirmed} unconfirmed and told so`,
  );
  console.log(
    `consumers: ${counts.published} events with those of handlers and duplicates, ${counts.handled} effects, ` +
      `${counts.absorbed} duplicates absorbed, ${counts.repeated} effects again after a death before they were remembered, ` +
      `${counts.overtaken} out of order after a lost answer`,
  );
  console.log(`dead letters: ${list(deadLettered)}`);
  console.log(`most calls of a downstream that was out of order: ${mostCallsInVain}`);
  console.log(`${seeds} seeds, ${counts.accepted} accepted events, ${violations} exceptions`);
}

/** Whether the suite noticed that a protection was missing, and by what. */
export function printSabotage(
  { name, found: word }: Sabotage,
  { seed, found }: { readonly seed: number; readonly found: readonly string[] },
): void {
  const [first] = found;
  if (first === undefined) console.error(`without "${name}": NOT NOTICED (${word}) on ${seed} seeds`);
  else console.log(`without "${name}": noticed on seed ${seed}, ${found.length} × ${word}, such as "${first}"`);
}

/** How many protections were missed. */
export function printNoticed(tried: number, unnoticed: number): void {
  if (tried > 0) console.log(`${tried} protections taken away one by one, ${unnoticed} of them unnoticed`);
}

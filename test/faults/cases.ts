import type { Case, Item, Kind } from './bank.ts';
import type { Chance } from './chance.ts';

/** Of so many events so many are of a kind. */
const shares: readonly (readonly [Kind, number])[] = [
  ['transfer', 0.22],
  ['line', 0.31],
  ['movement', 0.13],
  ['payout', 0.15],
  ['entry', 0.165],
  ['salaries', 0.025],
];

/** The event with a number: what it is about, and what is wrong with it. */
export function caseOf(chance: Chance, number: number): Case {
  const kind = kindOf(chance.draw('kind', number));
  const flaw = flawOf(chance, kind, number);
  const id = `${kind}-${number}`;
  const isValid = flaw !== 'invalid' && flaw !== 'unchecked';
  const item = { id, account: accountOf(kind, number), amount: isValid ? (number * 37) % 1_000 : -1 };
  return { kind, item, flaw, payments: kind === 'salaries' ? paymentsOf(chance, item, number) : [] };
}

/** FIFO groups are few and long, one of them in each queue. */
const accountOf = (kind: Kind, number: number): string => `${kind}s-account-${number % 3 === 0 ? 0 : number % 7}`;

function kindOf(draw: number): Kind {
  let sum = 0;
  for (const [kind, share] of shares) {
    sum += share;
    if (draw < sum) return kind;
  }
  return 'transfer';
}

function flawOf({ draw }: Chance, kind: Kind, number: number): Case['flaw'] {
  const drawn = draw('flaw', number);
  if (drawn < 0.006) return 'invalid';
  if (drawn < 0.016) return 'unchecked';
  // Strangers have no claims, and a rule does not match what is no JSON.
  if (kind === 'transfer' || kind === 'salaries') return 'none';
  if (drawn < 0.022) return 'malformed';
  return drawn < 0.025 && kind === 'payout' ? 'foreign' : 'none';
}

function paymentsOf({ between }: Chance, { id, account, amount }: Item, number: number): readonly Item[] {
  return Array.from({ length: between(1, 5, 'payments', number) }, (_, index) => ({
    id: `${id}/${index}`,
    account,
    amount: Math.max(0, amount),
  }));
}

import { parseArgs } from 'node:util';
import { play } from './play.ts';
import { printAccount, printNoticed, printSabotage, printTotals, type Total, totalOf } from './print.ts';
import { sabotages } from './sabotages/index.ts';
import type { Sabotage } from './sabotages/sabotage.ts';

// `npm run test:faults`: more than 100,000 accepted events over 50 seeds, then without each protection until that is
// noticed. `--seed N` plays one seed alone, and `--without <words>` takes a protection away from it. `--sabotage <words>`
// leaves out the protections that it does not name, `--no-sabotages` all of them.
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '50' },
    events: { type: 'string', default: '2300' },
    without: { type: 'string' },
    sabotage: { type: 'string', multiple: true },
    'no-sabotages': { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const only = values.seed === undefined ? null : Number(values.seed);
const removed = values.without === undefined ? undefined : named(values.without);
const isWhole = only === null && removed === undefined && !values['no-sabotages'];

const total: Total = totalOf();
for (let seed = only ?? 1; seed <= (only ?? Number(values.seeds)); seed++) {
  const account = await play(seed, events, removed);
  total.add(account);
  printAccount(account, { seed, events, removed });
}
let unnoticed = 0;
const tried = isWhole ? (values.sabotage?.map(named) ?? sabotages) : [];
for (const sabotage of tried) {
  const { seed, found } = await notice(sabotage);
  printSabotage(sabotage, { seed, found });
  if (found.length === 0) unnoticed++;
}
printNoticed(tried.length, unnoticed);
printTotals(total);
// Invocations that died hold timers.
process.exit(total.violations + unnoticed === 0 ? 0 : 1);

function named(words: string): Sabotage {
  const [sabotage, ...others] = sabotages.filter(({ name }) => name.includes(words));
  if (sabotage !== undefined && others.length === 0) return sabotage;
  throw new Error(`"${words}" names none or several of: ${sabotages.map(({ name }) => name).join('; ')}`);
}

/** Plays one seed after the other, five at most, until it is found that a protection is missing. */
async function notice(sabotage: Sabotage): Promise<{ readonly seed: number; readonly found: readonly string[] }> {
  for (let seed = 1; ; seed++) {
    const { violations } = await play(seed, events, sabotage);
    const found = violations.filter((violation) => violation.startsWith(sabotage.found));
    if (found.length > 0 || seed === 5) return { seed, found };
  }
}

import { parseArgs } from 'node:util';
import { play } from './play.ts';
import { printAccount, printSabotage, printTotals, type Total, totalOf } from './print.ts';
import { sabotages } from './sabotages/index.ts';

// `npm run test:faults`: at least 100,000 accepted events over 50 seeds, then once without each protection, which must
// be noticed. `--seed N` runs one seed alone, `--without <words>` takes one protection away from it.
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '50' },
    events: { type: 'string', default: '2200' },
    without: { type: 'string' },
    sabotages: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const events = Number(values.events);
const only = values.seed === undefined ? null : Number(values.seed);
const meant = sabotages.filter(({ name }) => values.without !== undefined && name.includes(values.without));
if (values.without !== undefined && meant.length !== 1) {
  throw new Error(`--without names one of: ${sabotages.map(({ name }) => name).join('; ')}`);
}

const total: Total = totalOf();
for (let seed = only ?? 1; seed <= (only ?? Number(values.seeds)); seed++) {
  const account = await play(seed, events, meant[0]);
  total.add(account);
  printAccount(seed, account, events);
}
printTotals(total);

/** Seeds on which a protection that is missing has to be noticed. */
const seedsOfSabotage = 5;
let unnoticed = 0;
for (const sabotage of only === null && values.sabotages ? sabotages : []) {
  let found: readonly string[] = [];
  let seed = 0;
  while (found.length === 0 && seed < seedsOfSabotage) {
    const { violations } = await play(++seed, events, sabotage);
    found = violations.filter((violation) => violation.startsWith(sabotage.found));
  }
  printSabotage(sabotage, { seed, found });
  if (found.length === 0) unnoticed++;
}
// Invocations that died hold timers.
process.exit(total.violations + unnoticed === 0 ? 0 : 1);

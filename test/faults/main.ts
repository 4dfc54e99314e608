import { play } from './play.ts';
import { sabotages } from './sabotage.ts';

// `npm run test:faults`: 100,000 events over 50 seeds, then once without each protection, which must be noticed.
const seeds = 50;
const eventsOfSeed = 2_000;
const columns = ['requested', 'accepted', 'reported', 'handled', 'deadLettered'] as const;
const none = { found: 'nothing' };

const sum = { requested: 0, accepted: 0, reported: 0, handled: 0, deadLettered: 0 };
const violations: string[] = [];
console.log(['seed', ...columns, 'violations'].map((name) => name.padStart(13)).join(''));
for (let seed = 1; seed <= seeds; seed++) {
  const account = await play(seed, eventsOfSeed, none);
  for (const column of columns) sum[column] += account[column];
  violations.push(...account.violations.map((violation) => `seed ${seed}: ${violation}`));
  row(String(seed), account, account.violations.length);
}
row('all', sum, violations.length);
for (const violation of violations.slice(0, 50)) console.error(violation);

const unnoticed: string[] = [];
for (const [name, sabotage] of Object.entries(sabotages)) {
  if (name === 'none') continue;
  const { violations } = await play(1, eventsOfSeed, sabotage);
  const found = violations.filter((violation) => violation.startsWith(sabotage.found));
  console.log(`without ${name}: ${found.length} × ${sabotage.found}`);
  if (found.length === 0) unnoticed.push(name);
}
for (const name of unnoticed) console.error(`The suite does not notice that ${name} is missing`);
process.exitCode = violations.length + unnoticed.length === 0 ? 0 : 1;

function row(name: string, account: Readonly<Record<(typeof columns)[number], number>>, faults: number): void {
  console.log(
    [name, ...columns.map((column) => account[column]), faults].map((cell) => String(cell).padStart(13)).join(''),
  );
}

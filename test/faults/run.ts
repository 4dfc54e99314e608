import { parseArgs } from 'node:util';
import { play } from './play.ts';
import { sabotages } from './sabotage.ts';

// Plays seeds under faults and prints the account of each as a line of JSON. `--without` takes a protection away.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    events: { type: 'string', default: '400' },
    without: { type: 'string', default: 'none' },
  },
});
const sabotage = sabotages[values.without];
if (sabotage === undefined) throw new Error(`There is no protection "${values.without}"`);
for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed++) {
  console.log(JSON.stringify({ seed, ...(await play(seed, Number(values.events), sabotage)) }));
}

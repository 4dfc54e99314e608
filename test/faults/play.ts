import { createLocalSystem } from '@eventloom/local';
import { type Account, account } from './account.ts';
import { chanceOf } from './chance.ts';
import { newEffects } from './effects.ts';
import { topology } from './generated/index.js';
import { makeHandlers } from './handlers.ts';
import { produce } from './produce.ts';
import type { Sabotage } from './sabotage.ts';
import { wireFaults } from './wire-faults.ts';

/** Runs one seed: publishes under faults, lets the system work until nothing is left to do, and takes account. */
export async function play(seed: number, events: number, sabotage: Sabotage): Promise<Account> {
  const chance = chanceOf(seed);
  const effects = newEffects();
  const system = createLocalSystem({
    topology,
    handlers: makeHandlers({ chance, effects, sabotage }),
    seed,
    onLog: () => {},
    journalLimit: 1,
    interceptors: [...(sabotage.wire ? [sabotage.wire] : []), ...wireFaults(chance)],
  });
  const published = await produce(system, events, chance);
  await system.settle();
  return account(system, effects, published);
}

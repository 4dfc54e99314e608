import { seed } from './seed.ts';

/** Says once per run what the random tests draw from. */
export default function tellSeed(): void {
  console.info(`Random tests draw from seed ${seed} (EVENTLOOM_SEED sets another).`);
}

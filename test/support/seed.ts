/** What random tests draw from. EVENTLOOM_SEED sets another; fast-check names the seed of a failure too. */
export const seed: number = Number(process.env.EVENTLOOM_SEED ?? 20261120);

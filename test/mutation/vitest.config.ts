import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Only the tests that are about patterns: a mutant is tried against those that reach it, and none needs a process.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['engine/src/{pattern,filter-policy,mapping-filter}/*.test.ts'],
    setupFiles: ['test/support/random-seed.ts'],
    silent: true,
    // Counting what a test reaches makes code slower, up to tenfold.
    env: { EVENTLOOM_SLOWNESS: '10' },
  },
});

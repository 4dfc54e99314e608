import { defineConfig } from 'vitest/config';

// Packages resolve to their sources, so that tests need no build. Only conditions that Node does not know or set itself:
// workers pass these on to Node, where `import` would make `require` load ES modules, and `module` what bundlers read.
const conditions = ['@eventloom/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['test/support/tell-seed.ts'],
    setupFiles: ['test/support/random-seed.ts'],
    // Tests that run whole processes (the command line, tsc, the AWS SDK) share two cores with each other.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/expected/**', '**/.sandbox/**'],
  },
});

import { defineConfig } from 'vitest/config';

// Packages resolve to their sources, so that tests need no build. Without `module`: what stands there, in the AWS SDK
// for one, only bundlers can read.
const conditions = ['@eventloom/source', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/expected/**'],
  },
});

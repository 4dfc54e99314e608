import { defineConfig } from 'vitest/config';

// Packages resolve to their sources, so that tests need no build.
const conditions = ['@eventloom/source', 'module', 'node', 'development|production', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**', '**/expected/**'],
  },
});

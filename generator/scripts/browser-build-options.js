import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** How esbuild makes the scripts that run in the reader's browser: classic ones, since these work from `file://`. */
export const browserBuildOptions = {
  entryPoints: ['theme', 'site', 'highlight', 'search', 'match'].map((name) => here(`../browser/src/${name}.ts`)),
  outdir: here('../browser/dist'),
  absWorkingDir: here('..'),
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  conditions: ['@eventloom/source'],
  charset: 'ascii',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  tsconfigRaw: { compilerOptions: { strict: true } },
};

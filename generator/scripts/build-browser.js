// The scripts that run in the reader's browser ship as they are built, so that whoever installs the package needs no bundler.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { browserBuildOptions } from './browser-build-options.js';

rmSync(browserBuildOptions.outdir, { recursive: true, force: true });
await build(browserBuildOptions);

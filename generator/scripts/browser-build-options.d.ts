import type { BuildOptions } from 'esbuild';

/** How esbuild makes the scripts that run in the reader's browser. */
export declare const browserBuildOptions: BuildOptions & { readonly outdir: string };

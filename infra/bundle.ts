import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Topology } from '@eventloom/engine';
import { build } from 'esbuild';

/** What to bundle, and where to. */
export interface BundleOptions {
  readonly topology: Pick<Topology, 'consumers' | 'services' | 'ingresses'>;
  /** Folder below which the handler modules lie at the paths the topology gives. */
  readonly handlersFolder: string;
  /** Emptied first. Gets one folder per service. */
  readonly outputFolder: string;
  /**
   * Conditions of `exports` maps that apply besides the usual ones.
   *
   * @default - none
   */
  readonly conditions?: readonly string[];
}

/**
 * Bundles the handler of every consumer the relay of every outbox and the authorizers of APIs, all in one run of esbuild. The same sources give the same bytes.
 *
 * Each handler becomes one ES module at its path in the folder of its service: `fraud/screenHighValueOrder.mjs`, which
 * Lambda finds as `fraud/screenHighValueOrder.handler`. The AWS SDK is left out, since the runtime has it.
 *
 * @returns the folder of each service by its name
 */
export async function bundleHandlers(options: BundleOptions): Promise<ReadonlyMap<string, string>> {
  const { topology, handlersFolder, outputFolder } = options;
  const relays = topology.services.flatMap(({ name, outbox }) =>
    outbox === undefined ? [] : [{ service: name, handler: outbox.handler }],
  );
  const authorizers = (topology.ingresses ?? []).flatMap((ingress) =>
    ingress.kind === 'http' && 'handler' in ingress.authorization
      ? [{ service: ingress.service, handler: ingress.authorization.handler }]
      : [],
  );
  const functions = [...topology.consumers, ...relays, ...distinct(authorizers)];
  const services = [...new Set(functions.map(({ service }) => service))].sort();
  await rm(outputFolder, { recursive: true, force: true });
  await build({
    entryPoints: functions.map(({ service, handler }) => ({
      in: join(handlersFolder, handler),
      out: join(service, handler),
    })),
    outdir: outputFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['@aws-sdk/*'],
    conditions: ['module', ...(options.conditions ?? [])],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return new Map(services.map((service) => [service, join(outputFolder, service)]));
}

/** Several methods of an API may ask one authorizer. */
function distinct<T extends { readonly service: string; readonly handler: string }>(
  functions: readonly T[],
): readonly T[] {
  return [...new Map(functions.map((one) => [`${one.service} ${one.handler}`, one])).values()];
}

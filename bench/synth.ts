import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventloomSystem } from '@eventloom/cdk';
import type { Consumer, Topology } from '@eventloom/engine';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { topology as shop } from '../generated/index.js';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';

const services = 10;

/** Milliseconds a consumer of synthesizing 100 consumers over ten services, what an empty app costs taken off. */
export function benchSynth(runs: number): readonly Figure[] {
  const code = mkdtempSync(join(tmpdir(), 'eventloom-bench-'));
  writeFileSync(join(code, 'index.mjs'), 'export {};\n');
  try {
    const few = repeat(runs, () => synthesize(systemOf(10), code));
    const many = repeat(runs, () => synthesize(systemOf(110), code));
    return [{ name: 'synth a consumer', value: (many - few) / 100, unit: 'ms', budget: null }];
  } finally {
    rmSync(code, { recursive: true, force: true });
  }
}

function repeat(runs: number, work: () => void): number {
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = process.hrtime.bigint();
    work();
    figures.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return median(figures);
}

function synthesize(topology: Topology, codeFolder: string): void {
  const app = new App({ builtinCloudFormationValidation: false, analyticsReporting: false });
  new EventloomSystem(app, 'Bench', {
    topology,
    handlers: Object.fromEntries(topology.consumers.map(({ key }) => [key, null])),
    code: Object.fromEntries(topology.services.map(({ name }) => [name, Code.fromAsset(codeFolder)])),
  });
  app.synth();
}

/** `count` copies of the shop's fraud consumer, spread over ten services. */
function systemOf(count: number): Topology {
  const pattern = shop.consumers.find(({ key }) => key === 'fraud/screenHighValueOrder');
  if (pattern === undefined) throw new Error('The shop has no fraud/screenHighValueOrder');
  const names = Array.from({ length: services }, (_, index) => `team-${index}`);
  return {
    system: 'bench',
    destinations: shop.destinations.filter(({ kind }) => kind === 'bus'),
    services: names.map((name, index) => ({ name, constructId: `Team${index}`, publishes: [] })),
    consumers: Array.from({ length: count }, (_, index): Consumer => {
      const service = names[index % services] ?? '';
      const consumer = `screen${index}`;
      return { ...pattern, key: `${service}/${consumer}`, service, consumer, constructId: `Screen${index}` };
    }),
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Topology } from '@eventloom/engine';
import { parseDocument } from 'yaml';
import { generate } from '../../generator/src/generate.ts';
import { filesOnDisk, type ReadFile } from '../../generator/src/load/read-file.ts';
import { loadModel } from '../../generator/src/load-model.ts';
import type { EventModel } from '../../generator/src/model/event-model.ts';
import { toTopology } from '../../generator/src/model/to-topology.ts';
import type { GeneratedPublisher } from './publish.ts';

/** A spec whose templates are deployed. */
export interface Domain {
  readonly name: string;
  /** Of the spec as it is. */
  readonly model: EventModel;
  readonly topology: Topology;
  /** Makes a publisher, generated from the spec, that sends every event of every channel. */
  readonly createPublisher: (options: object) => GeneratedPublisher;
}

/** The service that the test adds to a spec: it publishes everything, consumes nothing and so has no stack. */
const prober = 'eventloom-prober';

/**
 * Loads a spec, and generates a publisher for all its events. Most events are emitted by handlers, which do not run here:
 * so the publisher belongs to a service that is added to the spec, with a `send` operation for each channel.
 *
 * @param scratch - an empty folder below the repository, since what is generated imports the runtime
 * @throws Error when the spec has mistakes.
 */
export async function loadDomain(spec: string, scratch: string): Promise<Domain> {
  const { model } = await loadModel({ spec });
  const out = join(scratch, 'generated');
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }\n');
  const { ok, diagnostics } = await generate({ spec, io: withProber(spec), out });
  if (model === null || !ok) throw new Error(`${spec} has mistakes: ${JSON.stringify(diagnostics)}`);
  const generated: Record<string, unknown> = await import(
    pathToFileURL(join(out, 'services', prober, 'index.ts')).href
  );
  const factory = generated.createEventloomProberPublisher as Domain['createPublisher'];
  return { name: model.system.name, model, topology: toTopology(model), createPublisher: factory };
}

/** Reads the files of a spec, the spec itself with the prober's operations in it. */
function withProber(spec: string): ReadFile {
  const text = probed(readFileSync(spec, 'utf8'));
  return {
    ...filesOnDisk,
    read: async (path) => (join(path) === join(spec) ? new TextEncoder().encode(text) : filesOnDisk.read(path)),
  };
}

function probed(text: string): string {
  const document = parseDocument(text);
  const { channels = {} } = document.toJS() as { readonly channels?: object };
  for (const [index, key] of Object.keys(channels).entries()) {
    const pointer = key.replaceAll('~', '~0').replaceAll('/', '~1');
    const channel = { $ref: `#/channels/${encodeURIComponent(pointer)}` };
    document.setIn(['operations', `eventloomProbe${index}`], { action: 'send', channel, 'x-service': prober });
  }
  return document.toString({ lineWidth: 0 });
}

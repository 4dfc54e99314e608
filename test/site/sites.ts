import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTown } from '../../bench/make-town.ts';
import { docs } from '../../generator/src/docs.ts';
import { loadModel } from '../../generator/src/load-model.ts';
import type { EventModel } from '../../generator/src/model/event-model.ts';
import { repository } from '../support/repository.ts';
import { hostileSpec } from './hostile-spec.ts';

/** A site on the disk. */
export interface Site {
  readonly name: string;
  /** Path of its spec. */
  readonly spec: string;
  readonly model: EventModel;
  readonly folder: string;
  /** Paths of all its files, sorted. */
  readonly files: readonly string[];
  /** Those that are HTML pages. */
  readonly pages: readonly string[];
}

/** The sites that are looked at: small, large, with every kind of delivery, and hostile. */
export async function makeSites(scratch: string): Promise<readonly Site[]> {
  const written = (name: string, text: string): string => {
    const folder = join(scratch, 'specs', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'asyncapi.yaml'), text);
    return join(folder, 'asyncapi.yaml');
  };
  const specs = [
    ['shop', join(repository, 'asyncapi.yaml')],
    ['harbour', join(repository, 'test/aws/harbour/asyncapi.yaml')],
    ['town', written('town', makeTown(200, 30))],
    ['hostile', written('hostile', hostileSpec())],
  ] as const;
  const sites: Site[] = [];
  for (const [name, spec] of specs) sites.push(await makeSite(name, spec, join(scratch, 'sites', name)));
  return sites;
}

async function makeSite(name: string, spec: string, folder: string): Promise<Site> {
  const { model } = await loadModel({ spec });
  const { report, diagnostics } = await docs({ spec, out: folder });
  if (model === null || report === null) throw new Error(`${name} has no site: ${JSON.stringify(diagnostics)}`);
  const files = report.added;
  return { name, spec, model, folder, files, pages: files.filter((path) => path.endsWith('.html')) };
}

/** The text of a file of the site. */
export function textOf({ folder }: Site, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleHandlers } from '../../infra/bundle.ts';
import { parcelTopology } from './parcel-topology.ts';

const handlerSource = `
import { greet } from './greet.js';
export const handler = async (name: string) => greet(name);
export const load = () => import('@aws-sdk/client-sqs');
`;

describe('bundling', () => {
  let folder = '';
  let bundles: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eventloom-bundle-'));
    const relays = parcelTopology.services.flatMap(({ outbox }) => outbox ?? []);
    for (const { handler } of [...parcelTopology.consumers, ...relays]) {
      const file = join(folder, 'handlers', `${handler}.ts`);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, handlerSource);
      await writeFile(join(file, '../greet.ts'), 'export const greet = (name: string) => "Hello " + name;');
    }
    bundles = await bundle();
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const bundle = () =>
    bundleHandlers({
      topology: parcelTopology,
      handlersFolder: join(folder, 'handlers'),
      outputFolder: join(folder, 'bundle'),
    });

  test('makes one folder per service, with each handler where Lambda looks for it', async () => {
    expect([...bundles.keys()]).toEqual(['archive', 'claims', 'fleet', 'labels', 'webshop']);
    expect(await filesBelow(bundles.get('fleet') ?? '')).toEqual([
      'fleet/collectReturn.mjs',
      'fleet/outbox-relay.mjs',
      'fleet/planTour.mjs',
      'fleet/trackVan.mjs',
    ]);
    expect(await filesBelow(bundles.get('labels') ?? '')).toEqual([
      'labels/printing/print-label.mjs',
      'labels/recycle.mjs',
    ]);
  });

  test('makes modules that load and run by themselves', async () => {
    const module = await import(pathToFileURL(join(bundles.get('claims') ?? '', 'claims/openClaim.mjs')).href);
    expect(await module.handler('Ada')).toBe('Hello Ada');
  });

  test('leaves the AWS SDK to the runtime', async () => {
    const text = await readFile(join(bundles.get('claims') ?? '', 'claims/openClaim.mjs'), 'utf8');
    expect(text).toContain('import("@aws-sdk/client-sqs")');
  });

  test('gives the same bytes again, without what was there before', async () => {
    const path = join(folder, 'bundle', 'fleet');
    const before = await contentsBelow(path);
    await writeFile(join(path, 'stale.mjs'), '');
    await bundle();
    expect(await contentsBelow(path)).toEqual(before);
  });
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .filter((path) => path.endsWith('.mjs'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

async function contentsBelow(folder: string): Promise<readonly (readonly [string, string])[]> {
  const files = await filesBelow(folder);
  return Promise.all(files.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const));
}

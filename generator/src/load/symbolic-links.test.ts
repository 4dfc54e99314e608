import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { load } from './load.ts';
import { filesOnDisk } from './read-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventloom-load-'));
  mkdirSync(join(folder, 'spec/schemas'), { recursive: true });
  mkdirSync(join(folder, 'outside'));
  writeFileSync(join(folder, 'outside/secret.json'), '{"type":"string"}');
  writeFileSync(join(folder, 'spec/schemas/real.json'), '{"type":"string"}');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function codesFor(reference: string, specFolder = 'spec'): Promise<readonly string[]> {
  const spec = `asyncapi: 3.0.0\ncomponents: { schemas: { A: { $ref: '${reference}' } } }\n`;
  writeFileSync(join(folder, 'spec/asyncapi.yaml'), spec);
  const { diagnostics } = await load(join(folder, specFolder, 'asyncapi.yaml'), filesOnDisk, { conformance: false });
  return diagnostics.map(({ code }) => code);
}

it('refuses a link to a file outside the folder of the spec', async () => {
  symlinkSync(join(folder, 'outside/secret.json'), join(folder, 'spec/schemas/link.json'));
  expect(await codesFor('schemas/link.json')).toEqual(['reference-outside-folder']);
});

it('refuses a link to a folder outside the folder of the spec', async () => {
  symlinkSync(join(folder, 'outside'), join(folder, 'spec/linked'));
  expect(await codesFor('linked/secret.json')).toEqual(['reference-outside-folder']);
});

it('refuses a folder whose name only begins like that of the spec', async () => {
  mkdirSync(join(folder, 'spec-other'));
  writeFileSync(join(folder, 'spec-other/a.json'), '{}');
  symlinkSync(join(folder, 'spec-other/a.json'), join(folder, 'spec/a.json'));
  expect(await codesFor('a.json')).toEqual(['reference-outside-folder']);
});

it('follows a link within the folder', async () => {
  symlinkSync(join(folder, 'spec/schemas/real.json'), join(folder, 'spec/link.json'));
  expect(await codesFor('link.json')).toEqual([]);
});

it('follows references when the folder of the spec is itself a link', async () => {
  symlinkSync(join(folder, 'spec'), join(folder, 'spec-link'));
  expect(await codesFor('schemas/real.json', 'spec-link')).toEqual([]);
});

it('reports a reference to a folder', async () => {
  expect(await codesFor('schemas')).toEqual(['file-unreadable']);
});

it('reports a link that leads nowhere as a missing file', async () => {
  symlinkSync(join(folder, 'spec/none.json'), join(folder, 'spec/broken.json'));
  expect(await codesFor('broken.json')).toEqual(['reference-file-not-found']);
});

it.each([
  ['secret.json', '../outside/secret.json', ['reference-outside-folder']],
  ['inside.json', 'schemas/real.json', []],
])('holds definitions of workflows to the same: %s links to %s', async (name, target, codes) => {
  symlinkSync(target, join(folder, 'spec', name));
  const delivery = `{ type: workflow, definition: ${name} }`;
  const spec = `asyncapi: 3.0.0\noperations: { ship: { action: receive, x-delivery: ${delivery} } }\n`;
  writeFileSync(join(folder, 'spec/asyncapi.yaml'), spec);
  const loaded = await load(join(folder, 'spec/asyncapi.yaml'), filesOnDisk, { conformance: false });
  expect(loaded.diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(loaded.inputs.map(({ path }) => path)).toEqual(['asyncapi.yaml', ...(codes.length === 0 ? [name] : [])]);
});

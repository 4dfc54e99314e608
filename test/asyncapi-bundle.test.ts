import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../generator/src/check/check.ts';
import { topologyRows } from '../generator/src/cli/topology.ts';
import { load } from '../generator/src/load/load.ts';
import { filesOnDisk } from '../generator/src/load/read-file.ts';
import { type LoadedModel, loadModel } from '../generator/src/load-model.ts';
import { buildModel } from '../generator/src/model/build-model.ts';
import { asyncapiBundle } from '../generator/src/site/bundle/asyncapi-bundle.ts';
import { repository } from './support/repository.ts';

const domains = ['museum', 'hotel', 'library', 'clinic', 'bakery'].map((name) => `test/${name}/asyncapi.yaml`);
const patterns = readdirSync(join(repository, 'examples/patterns'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `examples/patterns/${name}/asyncapi.yaml`);
const specs = ['asyncapi.yaml', ...domains, ...patterns];

const folder = mkdtempSync(join(tmpdir(), 'eventloom-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(specs)('the bundle of %s alone says all that the spec says', async (spec) => {
  const before = await read(join(repository, spec));
  const text = bundleOf(before);
  const after = await read(writeAlone(spec, text, before));

  expect(filesOf(JSON.parse(text))).toEqual([]);
  expect(codesOf(after)).toEqual(codesOf(before));
  expect(rowsOf(after)).toEqual(rowsOf(before));
  // What is bundled already stays as it is.
  expect(bundleOf(after)).toBe(text);
});

describe.each(['asyncapi.yaml', ...domains])('in the bundle of %s', (spec) => {
  test("AsyncAPI's own parser finds no fault that the spec has not", async () => {
    const path = join(repository, spec);
    const before = await parsed(readFileSync(path, 'utf8'), path);
    const loaded = await loadModel({ spec: path });
    const after = await parsed(bundleOf(loaded), join(folder, 'asyncapi.json'));
    expect(after.filter((fault) => !before.includes(fault))).toEqual([]);
  });
});

type Read = Pick<LoadedModel, 'document' | 'model' | 'diagnostics' | 'inputs'>;

/** As `loadModel` reads a spec, but for AsyncAPI's own rules, which take their time. */
async function read(path: string): Promise<Read> {
  const { document, inputs, diagnostics } = await load(path, filesOnDisk, { conformance: false });
  if (document === null) throw new Error(`${path} cannot be read`);
  const built = buildModel(document);
  return {
    document,
    inputs,
    model: built.model,
    diagnostics: [...diagnostics, ...built.diagnostics, ...check(built.model)],
  };
}

function bundleOf(loaded: Pick<LoadedModel, 'document'>): string {
  const [file] = asyncapiBundle(loaded);
  return String(file?.content);
}

/** Puts a bundle into a folder by itself, but for the definitions of workflows, which it names by their paths. */
function writeAlone(spec: string, text: string, { inputs }: Read): string {
  const home = join(folder, dirname(spec));
  for (const { path } of inputs.filter(({ path }) => path.includes('.asl.'))) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    copyFileSync(resolve(repository, dirname(spec), path), join(home, path));
  }
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'asyncapi.json'), text);
  return join(home, 'asyncapi.json');
}

/** References out of the document. */
function filesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as { readonly $ref?: unknown };
  const own = typeof $ref === 'string' && !$ref.startsWith('#/') ? [$ref] : [];
  return [...own, ...Object.values(value).flatMap(filesOf)];
}

function codesOf({ diagnostics }: Read): readonly string[] {
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`).sort();
}

function rowsOf({ model }: Read): unknown {
  return model === null ? null : topologyRows(model);
}

async function parsed(text: string, source: string): Promise<readonly string[]> {
  const faults = await new Parser().validate(text, { source });
  return faults.filter(({ severity }) => severity <= 1).map(({ code, message }) => `${code}: ${message}`);
}

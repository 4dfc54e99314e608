import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologyRows } from '../generator/src/cli/topology.ts';
import { load } from '../generator/src/load/load.ts';
import { filesInMemory } from '../generator/src/load/read-file.ts';
import { asyncapiBundle } from '../generator/src/site/bundle/asyncapi-bundle.ts';
import { type Understood, understand } from './support/model-of.ts';
import { type SpecDocument, specCases } from './support/random-specs.ts';

const layers = ['schemas', 'messages', 'servers', 'channels'] as const;
type Layer = (typeof layers)[number];
type Json = Readonly<Record<string, unknown>>;

/** How a spec is cut into files: up to which layer, each with those it refers to, and whether each part has one. */
const cuts = fc.record({
  up: fc.constantFrom(...layers),
  folder: fc.constantFrom('', 'parts/', 'a/b/'),
  split: fc.boolean(),
});
type Cut = typeof cuts extends fc.Arbitrary<infer Value> ? Value : never;

test('a spec in many files, put back into one, means the same', async () => {
  const seen = new Map<Layer, number>();
  await fc.assert(
    fc.asyncProperty(specCases, cuts, async ({ document }, cut) => {
      const files = cutUp(document, cut);
      const { 'asyncapi.yaml': spec = '', ...others } = files;
      const before = await understand(spec, others);
      const text = await bundleOf(files);
      const after = await understand(text);
      expect(codesOf(after)).toEqual(codesOf(before));
      expect(topologyRows(after.model)).toEqual(topologyRows(before.model));
      // Nothing of it is lost on the way: it is the same spec that was cut.
      expect(topologyRows(after.model)).toEqual(topologyRows((await understand(JSON.stringify(document))).model));
      expect(text).not.toMatch(/"\$ref": "[^#]/);
      seen.set(cut.up, (seen.get(cut.up) ?? 0) + 1);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  expect([...seen.keys()].sort()).toEqual([...layers].sort());
});

async function bundleOf(files: Readonly<Record<string, string>>): Promise<string> {
  const { document } = await load('asyncapi.yaml', filesInMemory(files), { conformance: false });
  return String(asyncapiBundle({ document })[0]?.content);
}

function codesOf({ diagnostics }: Understood): readonly string[] {
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`).sort();
}

/** Cuts a spec into `asyncapi.yaml` and a file for each layer, or for each member of it, up to one layer. */
function cutUp(document: SpecDocument, { up, folder, split }: Cut): Readonly<Record<string, string>> {
  const isOut = (layer: Layer): boolean => layers.indexOf(layer) <= layers.indexOf(up);
  const fileOf = (layer: Layer, key: string): string => (split ? `${layer}-${key}.json` : `${layer}.json#/${key}`);
  const away = (layer: Layer, key: string): Json => ({ $ref: `./${fileOf(layer, key)}` });
  const relink = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part), (field, value) => {
      if (field !== '$ref' || typeof value !== 'string') return value;
      const [, layer, key = '', rest = ''] = /^#\/(?:components\/)?(\w+)\/(\w+)(.*)$/.exec(value) ?? [];
      const target = fileOf(layer as Layer, key);
      return `./${target}${rest === '' || target.includes('#') ? '' : '#'}${rest}`;
    });
  const { components, ...rest } = document as SpecDocument & { readonly components: { readonly messages: Json } };
  const schemas: Record<string, unknown> = {};
  const messages = mapped(components.messages, (message, key) => {
    schemas[key] = (message as Json).payload;
    return { ...(message as Json), payload: away('schemas', key) };
  });
  const parts: Readonly<Record<Layer, Json>> = {
    schemas,
    messages,
    servers: document.servers as Json,
    channels: mapped(document.channels as Json, relink),
  };
  const files: Record<string, string> = {};
  for (const layer of layers.filter(isOut)) {
    if (!split) files[`${folder}${layer}.json`] = JSON.stringify(parts[layer]);
    else
      for (const [key, part] of Object.entries(parts[layer]))
        files[`${folder}${fileOf(layer, key)}`] = JSON.stringify(part);
  }
  const linked = (layer: Layer): Json =>
    mapped(parts[layer], (_, key) => ({ $ref: `./${folder}${fileOf(layer, key)}` }));
  const inSpec = (layer: 'servers' | 'channels'): Json => (isOut(layer) ? linked(layer) : (document[layer] as Json));
  const named = isOut('messages')
    ? linked('messages')
    : mapped(components.messages, (message, key) => ({
        ...(message as Json),
        payload: { $ref: `./${folder}${fileOf('schemas', key)}` },
      }));
  files['asyncapi.yaml'] = JSON.stringify({
    ...rest,
    servers: inSpec('servers'),
    channels: inSpec('channels'),
    components: { messages: named },
  });
  return files;
}

function mapped(map: Json, change: (value: unknown, key: string) => unknown): Json {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

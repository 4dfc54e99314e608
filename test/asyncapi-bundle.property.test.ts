import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologyRows } from '../generator/src/cli/topology.ts';
import { load } from '../generator/src/load/load.ts';
import { filesInMemory } from '../generator/src/load/read-file.ts';
import { asyncapiBundle } from '../generator/src/site/bundle/asyncapi-bundle.ts';
import { cutUp, type Layer, layers } from './support/cut-up.ts';
import { type Understood, understand } from './support/model-of.ts';
import { specCases } from './support/random-specs.ts';

/** How a spec is cut into files: up to which layer, each with those it refers to, and whether each part has one. */
const cuts = fc.record({
  up: fc.constantFrom(...layers),
  folder: fc.constantFrom('', 'parts/', 'a/b/'),
  split: fc.boolean(),
});

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

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seed } from '../../../test/support/seed.ts';
import { siteManifestPath } from './site-manifest.ts';
import { writeSite } from './write-site.ts';

const paths = ['index.html', 'events/a.html', 'events/b.html', 'events/a/c.html', 'assets/x.png', 'services/é.html'];

const sites = fc.dictionary(fc.constantFrom(...paths), fc.constantFrom('', '1', '2'), { noNullPrototype: true });

test('whatever was written before, the folder holds the last site, and what was in it of others', () => {
  fc.assert(
    fc.property(fc.array(sites, { minLength: 1, maxLength: 4 }), (runs) => {
      const out = mkdtempSync(join(tmpdir(), 'eventloom-site-runs-'));
      try {
        writeFileSync(join(out, 'CNAME'), 'mine');
        for (const site of runs) {
          const files = Object.entries(site).map(([path, content]) => ({ path, content }));
          const promised = writeSite(files, out, { check: true });
          expect(writeSite(files, out, { check: false })).toEqual(promised);
          expect(writeSite(files, out, { check: true })).toMatchObject({
            added: [],
            changed: [],
            removed: [],
            kept: [],
          });
          const { [siteManifestPath]: manifest = '', ...rest } = contentsOf(out);
          expect(rest).toEqual({ ...site, CNAME: 'mine' });
          expect(Object.keys(JSON.parse(manifest).site)).toEqual(Object.keys(site).sort());
        }
      } finally {
        rmSync(out, { recursive: true });
      }
    }),
    { seed, numRuns: 60 },
  );
});

function contentsOf(folder: string): Readonly<Record<string, string>> {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = all.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
  );
}

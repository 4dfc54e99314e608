import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, spec } from '../../../test/support/command-line.ts';

const shop = commandLine();
const schema = 'site/schemas/order-placed.schema.json';

describe('docs', () => {
  test('writes the site once, then changes nothing', async () => {
    const first = (await shop.run(['docs', '--json'])).json();
    expect(first).toMatchObject({ unchanged: 0, removed: [], kept: [], diagnostics: [] });
    expect(first.written).toContain(schema);
    expect(first.pages).toBe(first.written.filter((path: string) => path.endsWith('.html')).length);
    const again = (await shop.run(['docs', '--json'])).json();
    expect(again).toMatchObject({ pages: first.pages, written: [], unchanged: first.written.length });
  });

  test('--out names the folder', async () => {
    const { err } = await shop.run(['docs', '--out', 'public/docs/']);
    expect(err).toMatch(/^public\/docs\/: \d+ written, 0 unchanged\. \d+ pages?\.\n$/);
    expect(existsSync(join(shop.folder, 'public/docs/manifest.json'))).toBe(true);
  });

  test('a spec with errors writes and removes nothing, and tells all of them', async () => {
    await shop.run(['docs']);
    const wrong = spec.replace('market: [eu, us] }', 'markt: [eu, us] }').replace('carrier: [dhl]', 'carier: [dhl]');
    shop.put('asyncapi.yaml', wrong);
    const { code, json } = await shop.run(['docs', '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ pages: 0, written: [], removed: [] });
    expect(json().diagnostics.map((one: { code: string }) => one.code)).toEqual([
      'undeclared-field',
      'undeclared-field',
    ]);
    expect(existsSync(join(shop.folder, schema))).toBe(true);
  });

  test('--check fails on drift, names the files and writes nothing', async () => {
    expect((await shop.run(['docs', '--check'])).code).toBe(1);
    expect(existsSync(join(shop.folder, 'site'))).toBe(false);
    await shop.run(['docs']);
    expect(await shop.run(['docs', '--check'])).toMatchObject({ code: 0, out: '' });
    shop.put(schema, 'edited');
    const { code, out } = await shop.run(['docs', '--check']);
    expect([code, out]).toEqual([
      1,
      `changed ${schema}\nThe site is not what the spec says. Run \`eventloom docs\`.\n`,
    ]);
    expect(readFileSync(join(shop.folder, schema), 'utf8')).toBe('edited');
  });

  test("somebody else's file in the way is exit code 2", async () => {
    mkdirSync(join(shop.folder, 'site/schemas'), { recursive: true });
    shop.put(schema, 'mine');
    const { code, json } = await shop.run(['docs', '--json']);
    expect([code, json().diagnostics[0].code, json().diagnostics[0].file]).toEqual([2, 'output-obstructed', schema]);
    expect(readFileSync(join(shop.folder, schema), 'utf8')).toBe('mine');
  });

  test('the folder of generated code is no place for it, nor the other way round', async () => {
    await shop.run(['generate']);
    expect((await shop.run(['docs', '--out', 'generated'])).code).toBe(2);
    await shop.run(['docs']);
    expect((await shop.run(['generate', '--out', 'site'])).code).toBe(2);
  });

  test('a stale page that somebody edited is left and told', async () => {
    await shop.run(['docs']);
    shop.put(schema, 'edited');
    shop.put('asyncapi.yaml', spec.replaceAll('OrderPlaced', 'OrderMade'));
    const { err } = await shop.run(['docs']);
    expect(err).toContain(`${schema} is not written any more; it was changed by hand and left.`);
    expect(readFileSync(join(shop.folder, schema), 'utf8')).toBe('edited');
  });

  test('a missing spec is exit code 2', async () => {
    expect((await shop.run(['docs', '--spec', 'no.yaml'])).code).toBe(2);
  });

  test('files that x-docs names are inputs: what was remembered of them holds only while they are the same', async () => {
    mkdirSync(join(shop.folder, 'docs'));
    shop.put('docs/guide.md', '# Guide\n');
    shop.put('asyncapi.yaml', `${spec}x-docs: { pages: [./docs/guide.md] }\n`);
    expect((await shop.run(['generate'])).code).toBe(0);
    expect((await shop.run(['generate'])).err).toContain('nothing changed');
    rmSync(join(shop.folder, 'docs/guide.md'));
    const { code, json } = await shop.run(['generate', '--json']);
    expect([code, json().diagnostics[0].code]).toEqual([1, 'reference-file-not-found']);
    expect((await shop.run(['docs'])).code).toBe(1);
  });
});

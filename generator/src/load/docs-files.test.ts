import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { load } from './load.ts';
import { filesInMemory, filesOnDisk } from './read-file.ts';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function spec(docs: string): string {
  return `asyncapi: 3.0.0\ninfo: { title: Shop, version: 1.0.0 }\nx-docs: ${docs}\n`;
}

async function read(docs: string, files: Readonly<Record<string, string | Uint8Array>>, name = 'asyncapi.yaml') {
  const io = filesInMemory({ ...files, [name]: spec(docs) });
  const { document, diagnostics, inputs } = await load(name, io, { conformance: false });
  return {
    files: [...(document?.docsFiles.values() ?? [])],
    diagnostics,
    codes: diagnostics.map(({ code, origin }) => `${code} at ${origin.line}:${origin.column}`),
    inputs: inputs.map(({ path }) => path),
  };
}

describe('files that x-docs names', () => {
  test('are read, and are inputs', async () => {
    const { files, codes, inputs } = await read('{ logo: ./art/logo.png, pages: [./guides/start.md, notes.MD] }', {
      'art/logo.png': png,
      'guides/start.md': '# Start\n',
      'notes.MD': 'Notes',
    });
    expect(codes).toEqual([]);
    expect(files).toEqual([
      { kind: 'logo', file: 'art/logo.png', extension: 'png', base64: Buffer.from(png).toString('base64') },
      { kind: 'page', file: 'guides/start.md', markdown: '# Start\n' },
      { kind: 'page', file: 'notes.MD', markdown: 'Notes' },
    ]);
    expect(inputs).toEqual(['asyncapi.yaml', 'art/logo.png', 'guides/start.md', 'notes.MD']);
  });

  test('are found from the folder of a spec elsewhere, and never above it', async () => {
    const files = { 'specs/guide.md': 'A', 'guide.md': 'B' };
    expect((await read('{ pages: [./guide.md] }', files, 'specs/a.yaml')).files).toEqual([
      { kind: 'page', file: 'guide.md', markdown: 'A' },
    ]);
    const above = await read('{ pages: [../guide.md] }', files, 'specs/a.yaml');
    expect([above.files, above.codes]).toEqual([[], ['reference-outside-folder at 3:19']]);
  });

  test.each<[string, string]>([
    ['{ logo: ./none.svg }', 'reference-file-not-found at 3:17'],
    ['{ pages: [./guide.md, ./none.md] }', 'reference-file-not-found at 3:31'],
    ['{ pages: [/etc/guide.md] }', 'reference-outside-folder at 3:19'],
    ["{ pages: ['https://example.com/guide.md'] }", 'remote-reference at 3:19'],
    ['{ pages: ["a\\\\b.md"] }', 'malformed-reference at 3:19'],
    ['{ pages: [./asyncapi.yaml] }', 'docs-file at 3:19'],
    ["{ pages: ['guide.md#start'] }", 'docs-file at 3:19'],
    ['{ logo: ./guide.md }', 'docs-file at 3:17'],
    ['{ logo: ./guide.svg }', 'docs-file at 3:17'],
    ['{ pages: [./latin.md] }', 'invalid-encoding at 3:19'],
    ['{ pages: [./long.md] }', 'file-too-large at 3:19'],
    ['{ logo: ./large.png }', 'file-too-large at 3:17'],
  ])('%s is refused where it is named', async (docs, code) => {
    const large = new Uint8Array(256 * 1024 + 1);
    large.set(png);
    const { codes } = await read(docs, {
      'guide.md': 'Guide',
      'guide.svg': 'Guide',
      'latin.md': Uint8Array.of(0x61, 0xe9, 0x62),
      'long.md': 'a'.repeat(1024 * 1024 + 1),
      'large.png': large,
    });
    expect(codes).toEqual([code]);
  });

  test('are taken up to their bounds', async () => {
    const large = new Uint8Array(256 * 1024);
    large.set(png);
    const docs = '{ logo: ./large.png, pages: [./long.md] }';
    const { files, codes } = await read(docs, { 'large.png': large, 'long.md': 'a'.repeat(1024 * 1024) });
    expect([codes, files.length]).toEqual([[], 2]);
  });

  test('count as an input once, also when the spec refers to them too', async () => {
    const { inputs } = await read('{ pages: [./guide.md, ./guide.md, sub/../guide.md] }', { 'guide.md': 'Guide' });
    expect(inputs).toEqual(['asyncapi.yaml', 'guide.md']);
  });

  test.each(['[]', 'true', '{ logo: 1 }', '{ logo: { file: a.svg } }', '{ pages: guide.md }', '{ pages: [null, 1] }'])(
    'x-docs: %s names none',
    async (docs) => {
      const { files, codes } = await read(docs, {});
      expect([files, codes]).toEqual([[], []]);
    },
  );
});

describe('on the disk', () => {
  const home = mkdtempSync(join(tmpdir(), 'eventloom-docs-files-'));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test('a link out of the folder is refused, and so is a folder', async () => {
    mkdirSync(join(home, 'specs/folder.md'), { recursive: true });
    writeFileSync(join(home, 'secret.md'), 'secret');
    writeFileSync(join(home, 'specs/guide.md'), 'Guide');
    writeFileSync(join(home, 'specs/asyncapi.yaml'), spec('{ pages: [./out.md, ./in.md, ./folder.md] }'));
    symlinkSync(join(home, 'secret.md'), join(home, 'specs/out.md'));
    symlinkSync(join(home, 'specs/guide.md'), join(home, 'specs/in.md'));
    const { document, diagnostics } = await load(join(home, 'specs/asyncapi.yaml'), filesOnDisk, {
      conformance: false,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['reference-outside-folder', 'file-unreadable']);
    expect([...(document?.docsFiles.values() ?? [])].map(({ file }) => file)).toEqual(['in.md']);
  });
});

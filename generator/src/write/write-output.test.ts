import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GeneratedFile } from '../emit/generated-file.ts';
import { emitManifest } from '../emit/manifest.ts';
import { header } from '../emit/print/header.ts';
import { writeOutput } from './write-output.ts';

let home: string;
let out: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eventloom-write-'));
  out = join(home, 'generated');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Files of ours with their manifest. */
function output(contents: Readonly<Record<string, string>>): GeneratedFile[] {
  const files = Object.entries(contents).map(([path, text]) => ({
    path,
    owner: 'system',
    content: `${header('asyncapi.yaml')}${text}\n`,
  }));
  return [...files, emitManifest(files, { spec: 'asyncapi.yaml', version: '1.0.0', queues: {} })];
}

function place(path: string, content: string): void {
  mkdirSync(join(out, path, '..'), { recursive: true });
  writeFileSync(join(out, path), content);
}

const write = (files: readonly GeneratedFile[]) => writeOutput(files, out, { check: false });
const check = (files: readonly GeneratedFile[]) => writeOutput(files, out, { check: true });

describe('writeOutput', () => {
  test('writes into a folder that is not there yet', () => {
    expect(write(output({ 'events/a.ts': '1' }))).toEqual({
      added: ['events/a.ts', 'manifest.json'],
      changed: [],
      removed: [],
      unchanged: 0,
    });
    expect(readFileSync(join(out, 'events/a.ts'), 'utf8')).toBe(`${header('asyncapi.yaml')}1\n`);
  });

  test('touches only files whose bytes change', () => {
    write(output({ 'a.ts': '1', 'b.ts': '1' }));
    const before = statSync(join(out, 'a.ts'));
    expect(write(output({ 'a.ts': '1', 'b.ts': '2' }))).toEqual({
      added: [],
      changed: ['b.ts'],
      removed: [],
      unchanged: 2,
    });
    const after = statSync(join(out, 'a.ts'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test('removes stale files and the folders that get empty by that, and nothing else', () => {
    write(output({ 'a.ts': '1', 'services/old/x.ts': '1', 'services/mine/y.ts': '1' }));
    place('services/mine/notes.txt', 'mine');
    expect(write(output({ 'a.ts': '1' })).removed).toEqual(['services/mine/y.ts', 'services/old/x.ts']);
    expect(readdirSync(join(out, 'services'))).toEqual(['mine']);
    expect(readdirSync(join(out, 'services/mine'))).toEqual(['notes.txt']);
  });

  test('with check, writes and removes nothing and reports what it would', () => {
    write(output({ 'a.ts': '1', 'b.ts': '1', 'c.ts': '1' }));
    expect(check(output({ 'a.ts': '2', 'b.ts': '1', 'd.ts': '1' }))).toEqual({
      added: ['d.ts'],
      changed: ['a.ts', 'manifest.json'],
      removed: ['c.ts'],
      unchanged: 1,
    });
    expect(readdirSync(out).sort()).toEqual(['a.ts', 'b.ts', 'c.ts', 'manifest.json']);
  });

  test('with check, does not even make the folder', () => {
    check(output({ 'a.ts': '1' }));
    expect(existsSync(out)).toBe(false);
  });

  test('refuses to overwrite a file that it did not write, and then writes nothing', () => {
    place('b.ts', 'export const mine = 1;\n');
    expect(() => write(output({ 'a.ts': '1', 'b.ts': '1' }))).toThrow(/b\.ts: a file that Eventloom did not write/);
    expect(readdirSync(out)).toEqual(['b.ts']);
  });

  test('refuses to overwrite a manifest that is not its own', () => {
    place('manifest.json', '{"name":"web app"}');
    expect(() => write(output({ 'a.ts': '1' }))).toThrow(/manifest\.json: a file that Eventloom did not write/);
  });

  test('overwrites what it wrote before, also when the manifest is lost', () => {
    write(output({ 'a.ts': '1' }));
    rmSync(join(out, 'manifest.json'));
    expect(write(output({ 'a.ts': '2' })).changed).toEqual(['a.ts']);
  });

  test('mends a file that someone edited', () => {
    write(output({ 'a.ts': '1' }));
    place('a.ts', 'edited');
    expect(write(output({ 'a.ts': '1' })).changed).toEqual(['a.ts']);
  });

  test('does not write or remove through a link', () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'x.ts'), `${header('asyncapi.yaml')}1\n`);
    write(output({ 'a.ts': '1', 'linked/x.ts': '1' }));
    rmSync(join(out, 'linked'), { recursive: true });
    symlinkSync(elsewhere, join(out, 'linked'));
    expect(() => write(output({ 'a.ts': '1', 'linked/x.ts': '2' }))).toThrow(/linked: a link stands where output goes/);
    expect(write(output({ 'a.ts': '1' })).removed).toEqual([]);
    expect(existsSync(join(elsewhere, 'x.ts'))).toBe(true);
  });

  test('does not follow a manifest out of the folder, nor to a file without our header', () => {
    const outside = join(home, 'outside.ts');
    writeFileSync(outside, `${header('asyncapi.yaml')}1\n`);
    place('mine.ts', 'mine');
    const files = { system: ['../outside.ts', outside, 'mine.ts', 'a/../../outside.ts'] };
    place('manifest.json', JSON.stringify({ generator: '1', spec: 'asyncapi.yaml', files }));
    expect(write(output({ 'a.ts': '1' })).removed).toEqual([]);
    expect([existsSync(outside), existsSync(join(out, 'mine.ts'))]).toEqual([true, true]);
  });

  test('a generated path that leaves the folder is a bug of ours', () => {
    expect(() => write([{ path: '../x.ts', owner: 'system', content: '' }])).toThrow('leaves the output folder');
  });

  test('leaves no temporary file behind', () => {
    write(output({ 'a.ts': '1' }));
    expect(readdirSync(out)).toEqual(['a.ts', 'manifest.json']);
  });

  test('says so when the output folder is a file', () => {
    writeFileSync(out, 'mine');
    expect(() => write(output({ 'a.ts': '1' }))).toThrow(/is no folder/);
  });
});

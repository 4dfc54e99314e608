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
import { isUsageError } from '../usage-error.ts';
import { sha256 } from './site-manifest.ts';
import { writeSite } from './write-site.ts';

let home: string;
let out: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eventloom-site-'));
  out = join(home, 'site');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

type Contents = Readonly<Record<string, string | Uint8Array>>;

const files = (contents: Contents) => Object.entries(contents).map(([path, content]) => ({ path, content }));
const write = (contents: Contents) => writeSite(files(contents), out, { check: false });
const check = (contents: Contents) => writeSite(files(contents), out, { check: true });
const read = (path: string) => readFileSync(join(out, path), 'utf8');

function place(path: string, content: string): void {
  mkdirSync(join(out, path, '..'), { recursive: true });
  writeFileSync(join(out, path), content);
}

function manifestOf(site: Readonly<Record<string, string>>): string {
  return JSON.stringify({ site: Object.fromEntries(Object.entries(site).map(([path, text]) => [path, sha256(text)])) });
}

function refusal(action: () => unknown): { readonly message: string; readonly help: string } {
  try {
    action();
  } catch (error) {
    if (isUsageError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('writeSite', () => {
  test('writes texts and bytes, and a manifest with the hash of each', () => {
    const logo = Uint8Array.of(0x89, 0x50, 0xff, 0x00);
    expect(write({ 'index.html': '<p>', 'assets/logo.png': logo })).toEqual({
      added: ['assets/logo.png', 'index.html', 'manifest.json'],
      changed: [],
      removed: [],
      kept: [],
      unchanged: 0,
    });
    expect(readFileSync(join(out, 'assets/logo.png'))).toEqual(Buffer.from(logo));
    expect(JSON.parse(read('manifest.json')).site).toEqual({
      'assets/logo.png': sha256(logo),
      'index.html': sha256('<p>'),
    });
  });

  test('gives the same manifest for the same files in whatever order', () => {
    write({ 'a.html': '1', 'B.html': '2', 'é.html': '3' });
    const first = read('manifest.json');
    rmSync(out, { recursive: true });
    write({ 'é.html': '3', 'B.html': '2', 'a.html': '1' });
    expect(read('manifest.json')).toBe(first);
  });

  test('touches only files whose bytes change', () => {
    write({ 'a.html': '1', 'b.html': '1' });
    const before = statSync(join(out, 'a.html'));
    expect(write({ 'a.html': '1', 'b.html': '2' })).toMatchObject({
      added: [],
      changed: ['b.html', 'manifest.json'],
      unchanged: 1,
    });
    const after = statSync(join(out, 'a.html'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test('a run that changes nothing leaves the manifest alone too', () => {
    write({ 'a.html': '1' });
    const before = statSync(join(out, 'manifest.json'));
    expect(write({ 'a.html': '1' })).toMatchObject({ added: [], changed: [], unchanged: 2 });
    expect(statSync(join(out, 'manifest.json')).ino).toBe(before.ino);
  });

  test('mends a page that somebody edited, and leaves the manifest as it was', () => {
    write({ 'a.html': '1' });
    const before = statSync(join(out, 'manifest.json'));
    place('a.html', 'edited');
    expect(write({ 'a.html': '1' }).changed).toEqual(['a.html']);
    expect([read('a.html'), statSync(join(out, 'manifest.json')).ino]).toEqual(['1', before.ino]);
  });

  test('removes stale files and the folders that get empty by that, and nothing else', () => {
    write({ 'index.html': '1', 'events/old.html': '1', 'services/gone.html': '1' });
    place('services/CNAME', 'mine');
    expect(write({ 'index.html': '1' }).removed).toEqual(['events/old.html', 'services/gone.html']);
    expect([readdirSync(out).sort(), readdirSync(join(out, 'services'))]).toEqual([
      ['index.html', 'manifest.json', 'services'],
      ['CNAME'],
    ]);
  });

  test('leaves a stale file that somebody edited, and says so once', () => {
    write({ 'index.html': '1', 'old.html': '1' });
    place('old.html', 'my notes');
    expect(write({ 'index.html': '1' })).toMatchObject({ removed: [], kept: ['old.html'] });
    expect(read('old.html')).toBe('my notes');
    expect(write({ 'index.html': '1' })).toMatchObject({ removed: [], kept: [] });
  });

  test('refuses a folder with a page of somebody else, and says what to do', () => {
    place('index.html', 'my home page');
    const { message, help } = refusal(() => write({ 'a.html': '1', 'index.html': '1' }));
    expect(message).toBe(
      `${join(out, 'index.html')}: a file that Eventloom did not write stands where output goes. Nothing was written.`,
    );
    expect(help).toContain('choose another folder with --out');
    expect(readdirSync(out)).toEqual(['index.html']);
  });

  test('refuses a page of somebody else beside its own site', () => {
    write({ 'index.html': '1' });
    place('a.html', 'mine');
    expect(refusal(() => write({ 'index.html': '2', 'a.html': '1' })).message).toContain('a.html');
    expect(read('index.html')).toBe('1');
  });

  test.each(['{"name":"web app"}', '{"site":{"index.html":1}}', '{"site":[]}', 'no JSON'])(
    'refuses the manifest %s, which is not its own',
    (manifest) => {
      place('manifest.json', manifest);
      expect(refusal(() => write({ 'index.html': '1' })).message).toContain('manifest.json');
      expect(readdirSync(out)).toEqual(['manifest.json']);
    },
  );

  test('takes over a file that is already right', () => {
    place('index.html', '1');
    expect(write({ 'index.html': '1' })).toMatchObject({ added: ['manifest.json'], unchanged: 1 });
    expect(write({ 'index.html': '2' }).changed).toContain('index.html');
  });

  test('with check, writes and removes nothing and reports what it would', () => {
    write({ 'a.html': '1', 'b.html': '1', 'c.html': '1' });
    expect(check({ 'a.html': '2', 'b.html': '1', 'd.html': '1' })).toEqual({
      added: ['d.html'],
      changed: ['a.html', 'manifest.json'],
      removed: ['c.html'],
      kept: [],
      unchanged: 1,
    });
    expect(readdirSync(out).sort()).toEqual(['a.html', 'b.html', 'c.html', 'manifest.json']);
  });

  test('with check, does not even make the folder', () => {
    check({ 'a.html': '1' });
    expect(existsSync(out)).toBe(false);
  });

  test('makes good a run that was cut off: its manifest names the files of both runs', () => {
    write({ 'index.html': '1', 'old.html': '1' });
    // A folder where a file goes stops the run in its middle.
    mkdirSync(join(out, `.new.html.${process.pid}.tmp`));
    expect(() => write({ 'a.html': '2', 'index.html': '2', 'new.html': '2' })).toThrow();
    expect([read('index.html'), read('a.html'), existsSync(join(out, 'old.html'))]).toEqual(['1', '2', true]);
    rmSync(join(out, `.new.html.${process.pid}.tmp`), { recursive: true, force: true });
    expect(write({ 'index.html': '3' })).toMatchObject({ removed: ['a.html', 'old.html'], kept: [] });
    expect(readdirSync(out).sort()).toEqual(['index.html', 'manifest.json']);
  });

  test('does not write or remove through a link', () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'x.html'), '1');
    write({ 'index.html': '1', 'events/x.html': '1' });
    rmSync(join(out, 'events'), { recursive: true });
    symlinkSync(elsewhere, join(out, 'events'));
    expect(refusal(() => write({ 'index.html': '1', 'events/x.html': '2' })).message).toContain('a link stands');
    expect(write({ 'index.html': '1' }).removed).toEqual([]);
    expect(existsSync(join(elsewhere, 'x.html'))).toBe(true);
  });

  test('does not follow a manifest out of the folder', () => {
    const outside = join(home, 'outside.html');
    writeFileSync(outside, '1');
    place('manifest.json', manifestOf({ '../outside.html': '1', [outside]: '1', 'a/../../outside.html': '1' }));
    expect(write({ 'index.html': '1' })).toMatchObject({ removed: [], kept: [] });
    expect(existsSync(outside)).toBe(true);
  });

  test('a path that leaves the folder is a bug of ours', () => {
    expect(() => write({ '../x.html': '' })).toThrow('leaves the output folder');
  });

  test('leaves no temporary file behind', () => {
    write({ 'a.html': '1' });
    expect(readdirSync(out)).toEqual(['a.html', 'manifest.json']);
  });
});

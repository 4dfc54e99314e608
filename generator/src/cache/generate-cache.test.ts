import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emitManifest } from '../emit/manifest.ts';
import { header } from '../emit/print/header.ts';
import { writeOutput } from '../write/write-output.ts';
import { type CacheQuestion, lookUp, remember } from './generate-cache.ts';
import { sha256 } from './record.ts';

let home: string;
let question: CacheQuestion;

const inputs = { 'asyncapi.yaml': 'spec', 'schemas/a.json': '{}' };
const generated = { path: 'events/a.ts', owner: 'system', content: `${header('asyncapi.yaml')}a\n` };
const files = [generated, emitManifest([generated], { spec: 'asyncapi.yaml', version: '1.0.0', queues: {} })];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eventloom-cache-'));
  mkdirSync(join(home, 'node_modules'));
  mkdirSync(join(home, 'schemas'));
  for (const [path, content] of Object.entries(inputs)) writeFileSync(join(home, path), content);
  question = { spec: join(home, 'asyncapi.yaml'), out: join(home, 'generated'), workingDirectory: home };
  writeOutput(files, question.out, { check: false });
  const hashed = Object.entries(inputs).map(([path, content]) => ({ path, sha256: sha256(content) }));
  remember(question, { inputs: hashed, files, diagnostics: [] });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const recordFile = (): string => {
  const folder = join(home, 'node_modules/.cache/eventloom');
  return join(folder, readdirSync(folder)[0] ?? '');
};

describe('lookUp', () => {
  test('answers a run that would change nothing', () => {
    expect(lookUp(question)).toEqual({ outputs: 2, diagnostics: [], texts: new Map(Object.entries(inputs)) });
  });

  test('a touched file is the same file', () => {
    utimesSync(join(home, 'asyncapi.yaml'), new Date(0), new Date(0));
    expect(lookUp(question)).not.toBeNull();
  });

  test.each<[string, () => void]>([
    ['an input changed', () => writeFileSync(join(home, 'schemas/a.json'), '[]')],
    ['an input is gone', () => rmSync(join(home, 'schemas/a.json'))],
    ['an output changed', () => writeFileSync(join(question.out, 'events/a.ts'), 'edited')],
    ['an output is gone', () => rmSync(join(question.out, 'events/a.ts'))],
    ['the manifest changed', () => writeFileSync(join(question.out, 'manifest.json'), '{}')],
    ['the output folder is gone', () => rmSync(question.out, { recursive: true })],
    [
      'an input became a link',
      () => {
        renameSync(join(home, 'schemas/a.json'), join(home, 'moved.json'));
        symlinkSync(join(home, 'moved.json'), join(home, 'schemas/a.json'));
      },
    ],
    [
      'an output became a link',
      () => {
        renameSync(join(question.out, 'events'), join(home, 'events'));
        symlinkSync(join(home, 'events'), join(question.out, 'events'));
      },
    ],
    [
      'another tool wrote the record',
      () => {
        const { record } = JSON.parse(readFileSync(recordFile(), 'utf8'));
        const other = { ...record, tool: 'other' };
        writeFileSync(recordFile(), JSON.stringify({ sum: sha256(JSON.stringify(other)), record: other }));
      },
    ],
    [
      'the record is damaged',
      () => writeFileSync(recordFile(), readFileSync(recordFile(), 'utf8').replace('events/a', 'events/b')),
    ],
    ['the record is cut off', () => writeFileSync(recordFile(), readFileSync(recordFile(), 'utf8').slice(0, 100))],
    ['the record is gone', () => rmSync(recordFile())],
  ])('does not answer when %s', (_, change) => {
    change();
    expect(lookUp(question)).toBeNull();
  });

  test('another output folder is another run', () => {
    expect(lookUp({ ...question, out: join(home, 'elsewhere') })).toBeNull();
  });
});

describe('remember', () => {
  test('is silent when nothing can be written', () => {
    rmSync(join(home, 'node_modules'), { recursive: true });
    mkdirSync(join(home, 'node_modules'));
    writeFileSync(join(home, 'node_modules/.cache'), 'a file');
    remember(question, { inputs: [], files, diagnostics: [] });
    expect(lookUp(question)).toBeNull();
  });

  test('keeps a bounded number of records', () => {
    for (let index = 0; index < 60; index++) {
      remember({ ...question, out: join(home, `out-${index}`) }, { inputs: [], files, diagnostics: [] });
    }
    expect(readdirSync(join(home, 'node_modules/.cache/eventloom')).length).toBeLessThanOrEqual(50);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as runtime from '../runtime/src/index.ts';
import { filesBelow, repository } from './support/repository.ts';

const page = readFileSync(join(repository, 'docs/errors.md'), 'utf8');
const quoted = new Set([...page.matchAll(/`([\w-]+)`/g)].map(([, text]) => text));

/** Where the runtime spells a code: as a field, as a default, and for what it refuses or puts off. */
const spelled = [
  /\bcode[:=] ?'([a-z]+(?:-[a-z]+)*)'/g,
  /\bcode = '([a-z-]+)'/g,
  /\brefuse\(\s*\w+,\s*'([a-z-]+)'/g,
  /\blater\([^;]*?'([a-z]+(?:-[a-z]+)+)',?\s*\)/g,
  /\[code, \w+\] = [^;]*?\['([a-z-]+)'[^;]*?\['([a-z-]+)'/g,
  /\bsuper\('\w+',[^{]*?'([a-z]+(?:-[a-z]+)+)'(?: : '([a-z-]+)')?/g,
];

function codes(): readonly string[] {
  const sources = filesBelow('runtime/src').filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file));
  const text = sources.map((file) => readFileSync(join(repository, file), 'utf8')).join('\n');
  const found = spelled.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, ...groups]) => groups));
  return [...new Set(found.filter((code) => code !== undefined))].sort();
}

test('docs/errors.md tells of every code that the runtime gives', () => {
  expect(codes()).toEqual(
    expect.arrayContaining(['circuit-open', 'gather-busy', 'invalid-payload', 'missing-variable']),
  );
  expect(codes().filter((code) => !quoted.has(code))).toEqual([]);
});

test('and of every class of errors', () => {
  const classes = Object.entries(runtime).flatMap(([name, value]) => (isErrorClass(value) ? [name] : []));
  expect(classes).toContain('PublishError');
  expect(classes.filter((name) => !quoted.has(name))).toEqual([]);
});

function isErrorClass(value: unknown): boolean {
  return typeof value === 'function' && value.prototype instanceof Error;
}

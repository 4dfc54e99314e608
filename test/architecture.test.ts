import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, repository } from './support/repository.ts';

/** What a folder may import from the rest of the house: other parts of it, and packages. Its own files are free. */
interface Allowed {
  readonly parts: readonly string[];
  readonly packages: readonly string[];
}

const node = 'node:';

const rules: Readonly<Record<string, Allowed>> = {
  engine: { parts: [], packages: [] },
  runtime: {
    parts: ['@eventloom/engine'],
    packages: [
      'node:events',
      'node:util',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-eventbridge',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-sqs',
    ],
  },
  local: {
    parts: ['@eventloom/engine', '@eventloom/runtime'],
    packages: [
      node,
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-eventbridge',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-sqs',
      'fast-check',
    ],
  },
  constructs: { parts: ['@eventloom/engine'], packages: [node, 'aws-cdk-lib', 'constructs'] },
  'generator/src/diagnostics': { parts: [], packages: [node] },
  'generator/src/load': {
    parts: ['@eventloom/engine', 'generator/src/diagnostics'],
    packages: [node, 'yaml', '@asyncapi/parser'],
  },
  'generator/src/aws': { parts: ['@eventloom/engine', 'generator/src/diagnostics'], packages: [] },
  'generator/src/model': {
    parts: ['@eventloom/engine', 'generator/src/aws', 'generator/src/diagnostics', 'generator/src/load'],
    packages: ['ajv', 'ajv-formats', 'node:module'],
  },
  'generator/src/check': {
    parts: ['@eventloom/engine', 'generator/src/aws', 'generator/src/diagnostics', 'generator/src/model'],
    packages: [],
  },
  'generator/src/cost': {
    parts: ['@eventloom/engine', 'generator/src/check', 'generator/src/model'],
    packages: [],
  },
  'generator/src/emit': {
    parts: ['@eventloom/engine', 'generator/src/aws', 'generator/src/diagnostics', 'generator/src/model'],
    packages: ['ajv', 'ajv-formats', 'ts-morph', 'node:module', 'node:vm'],
  },
  'generator/src/route': {
    parts: ['@eventloom/engine', 'generator/src/diagnostics', 'generator/src/model'],
    packages: ['ajv', 'ajv-formats'],
  },
  'generator/src/site': {
    parts: [
      '@eventloom/engine',
      'generator/src/check',
      'generator/src/emit',
      'generator/src/load',
      'generator/src/load-model.ts',
      'generator/src/model',
      'generator/src/route',
    ],
    packages: [node, '@dagrejs/dagre', 'ajv', 'ajv-formats', 'markdown-it'],
  },
  'generator/browser': {
    parts: [
      '@eventloom/engine',
      'runtime/src/validation',
      'runtime/src/validator.ts',
      'generator/src/diagnostics',
      'generator/src/route',
      'generator/src/site/browser',
    ],
    packages: ['highlight.js', 'minisearch'],
  },
  'generator/src/redrive': {
    parts: ['@eventloom/engine'],
    packages: ['@aws-sdk/client-lambda', '@aws-sdk/client-sns', '@aws-sdk/client-sqs'],
  },
  'generator/src/replay': {
    parts: ['@eventloom/engine', 'generator/src/redrive'],
    packages: ['@aws-sdk/client-eventbridge'],
  },
  'generator/src/write': { parts: ['generator/src/diagnostics', 'generator/src/emit'], packages: [node] },
};

/** Files at the root of `generator/src` and shared by all stages. */
const shared = ['generator/src/internal-error.ts', 'generator/src/usage-error.ts'];

interface Import {
  readonly file: string;
  readonly from: string;
}

describe('imports point one way', () => {
  for (const [part, allowed] of Object.entries(rules)) {
    test(`${part} imports only what it may`, () => {
      const imports = importsOf(part);
      expect(imports.length).toBeGreaterThan(0);
      expect(imports.filter(({ from }) => !isAllowed(from, part, allowed))).toEqual([]);
    });
  }

  test('nothing imports the command line', () => {
    const files = importsOf('generator').filter(({ file }) => !file.startsWith('generator/src/cli/'));
    expect(files.filter(({ from }) => from.startsWith('generator/src/cli/'))).toEqual([]);
  });

  test('only the arbitraries need fast-check, which is optional', () => {
    const files = importsOf('local').flatMap(({ file, from }) => (from === 'fast-check' ? [file] : []));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !file.startsWith('local/src/testing/arbitraries/'))).toEqual([]);
    const importers = importsOf('local').filter(({ from }) => from.startsWith('local/src/testing/arbitraries/'));
    expect(importers.filter(({ file }) => !file.startsWith('local/src/testing/arbitraries/'))).toEqual([]);
  });

  test('ts-morph stands behind one module', () => {
    const files = new Set(importsOf('generator').flatMap(({ file, from }) => (from === 'ts-morph' ? [file] : [])));
    expect([...files]).toEqual(['generator/src/emit/print/source-file.ts']);
  });

  test('generated code imports the runtime and itself', () => {
    const imports = importsOf('generated');
    expect(imports.length).toBeGreaterThan(0);
    const outside = imports.filter(
      ({ from }) => !from.startsWith('generated/') && !from.startsWith('@eventloom/runtime'),
    );
    expect(outside).toEqual([]);
  });
});

describe('what starts fast', () => {
  test.each(['generate', 'validate', 'route', 'topology'])('%s loads nothing of the documentation site', (command) => {
    const sources = importsOf('generator/src');
    const reached = new Set([`generator/src/cli/${command}.ts`]);
    for (const file of reached) {
      for (const { from } of sources.filter((one) => one.file === file)) reached.add(from);
    }
    expect(reached.size).toBeGreaterThan(10);
    expect([...reached].filter((file) => file.startsWith('generator/src/site/'))).toEqual([]);
  });
});

function isAllowed(from: string, part: string, allowed: Allowed): boolean {
  const within = (prefix: string): boolean => from === prefix || from.startsWith(`${prefix}/`);
  if (within(part) || shared.includes(from) || allowed.parts.some(within)) return true;
  return allowed.packages.some((name) => (name === node ? from.startsWith(node) : within(name)));
}

/** Static and dynamic imports of the part's sources (tests aside), relative ones as paths from the root. */
function importsOf(part: string): readonly Import[] {
  const sources = filesBelow(part).filter((file) => /\.(ts|js)$/.test(file) && !/\.test(-d)?\.ts$/.test(file));
  return sources.flatMap((file) => {
    const text = readFileSync(`${repository}${file}`, 'utf8');
    const found = text.matchAll(
      /(?:^|\n)(?:import|export)\b[^;'"]*?from '([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g,
    );
    return [...found].map((match) => ({ file, from: absolute(file, match[1] ?? match[2] ?? match[3] ?? '') }));
  });
}

function absolute(file: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

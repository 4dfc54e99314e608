import { basename } from 'node:path';
import { runInNewContext, Script } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { browserBuildOptions } from '../../scripts/browser-build-options.js';

/** Bytes that each script may have. */
const budgets: Readonly<Record<string, number>> = {
  'theme.js': 1_024,
  'site.js': 12_288,
  'highlight.js': 40_960,
  'search.js': 40_960,
  'match.js': 102_400,
};

let scripts: ReadonlyMap<string, string>;

beforeAll(async () => {
  scripts = await bundled();
});

describe('the scripts for browsers', () => {
  test('are those that have a budget, and keep it', () => {
    expect([...scripts.keys()].sort()).toEqual(Object.keys(budgets).sort());
    const over = [...scripts].filter(([name, text]) => Buffer.byteLength(text) > (budgets[name] ?? 0));
    expect(over.map(([name, text]) => [name, text.length])).toEqual([]);
  });

  test('are the same bytes whenever they are built', async () => {
    expect(await bundled()).toEqual(scripts);
  });

  test.each(Object.keys(budgets))('%s is a classic script that keeps to a strict policy', (name) => {
    const text = scripts.get(name) ?? '';
    expect(() => new Script(text)).not.toThrow();
    const forbidden = [
      /\beval\(/,
      /\bnew Function\b/,
      /\bimport\(/,
      /(?:[^.\w}]|globalThis\.|window\.)fetch\(/,
      /XMLHttpRequest/,
      /document\.write/,
    ];
    expect(forbidden.filter((pattern) => pattern.test(text))).toEqual([]);
    const ofNode = [/(?<![.\w"])process\./, /(?<![.\w])require\(/, /["']node:/];
    expect(ofNode.filter((pattern) => pattern.test(text))).toEqual([]);
  });

  test('make no HTML of texts', () => {
    // highlight.js has a function that does; it is not used.
    const ours = [...scripts].filter(([name]) => name !== 'highlight.js');
    const markup = /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|setAttribute\("style"/;
    expect(ours.flatMap(([name, text]) => (markup.test(text) ? [name] : []))).toEqual([]);
  });

  test('need nothing of Node to judge events', () => {
    const document = { querySelector: () => null, getElementById: () => null };
    expect(() => runInNewContext(scripts.get('match.js') ?? 'missing', { document })).not.toThrow();
  });
});

describe('theme.js', () => {
  const themed = (storage: () => string | null): Readonly<Record<string, string>> => {
    const dataset: Record<string, string> = {};
    const localStorage = { getItem: storage };
    runInNewContext(scripts.get('theme.js') ?? '', { localStorage, document: { documentElement: { dataset } } });
    return dataset;
  };

  test('shows what the reader chose, and leaves all else to the system', () => {
    expect(themed(() => 'dark')).toEqual({ theme: 'dark' });
    expect(themed(() => null)).toEqual({});
    expect(themed(() => '"><script>')).toEqual({});
  });

  test('does without a memory where the browser refuses one', () => {
    const refuse = (): never => {
      throw new Error('SecurityError');
    };
    expect(themed(refuse)).toEqual({});
  });
});

async function bundled(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles = [] } = await build({ ...browserBuildOptions, write: false });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

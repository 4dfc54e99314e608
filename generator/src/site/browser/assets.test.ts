import { expect, test } from 'vitest';
import { browserScripts } from './assets.ts';

test('the scripts of the site are those that were built', () => {
  const scripts = browserScripts();
  expect(scripts.map(({ path }) => path)).toEqual([
    'assets/highlight.js',
    'assets/match.js',
    'assets/search.js',
    'assets/site.js',
    'assets/theme.js',
  ]);
  for (const { content } of scripts) expect(content).toMatch(/^"use strict";\(\(\)=>\{/);
});

import { expect, test } from 'vitest';
import { htmlText } from '../html.ts';
import { extraPage } from '../render/extra-page.ts';
import type { SiteModel } from '../site-model.ts';
import { headingsOf, pageEntries } from './search-pages.ts';

const markdown = `# Start here

First words.

## Two \`b\`
\`\`\`sh
# not this
\`\`\`
## Two b ##
Set below
---
### <script>
`;
const page = { file: 'docs/start.md', slug: 'start', title: 'Start here', markdown };

test('headings are found, and none in code', () => {
  expect(headingsOf(markdown).map(({ title }) => title)).toEqual([
    'Start here',
    'Two b',
    'Two b',
    'Set below',
    '<script>',
  ]);
});

test('a page is found by its first words, and each heading leads to its place on the page', () => {
  const [whole, ...headings] = pageEntries([page]);
  expect(whole).toEqual(['page', 'Start here', '', expect.stringMatching(/^First words\./), 'pages/start.html']);
  expect(headings.map(([, title, where]) => [title, where])).toEqual(
    ['Two b', 'Two b', 'Set below', '<script>'].map((title) => [title, 'Start here']),
  );
  const site = { pages: [page] } as unknown as SiteModel;
  const body = htmlText(extraPage(site, page).body);
  for (const [, , , , , anchor] of headings) expect(body).toContain(` id="${anchor}"`);
  expect(new Set(headings.map(([, , , , , anchor]) => anchor)).size).toBe(4);
});

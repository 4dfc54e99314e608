import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { understand } from '../../../../test/support/model-of.ts';
import { siteOf } from '../../../../test/support/site-of.ts';
import { describeSite } from '../describe-site.ts';
import { renderSite } from '../render/render-site.ts';
import { emitSite } from '../site.ts';
import { siteContext } from '../site-context.ts';
import type { SiteModel } from '../site-model.ts';
import { markdownTwins } from './markdown-twins.ts';

const library = `
asyncapi: 3.0.0
info: { title: Library, version: 1.0.0, description: 'Books *on loan*. <b>Ask</b> us.' }
servers: { lib: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  loans:
    address: lib.loans
    messages:
      BookLent: { $ref: '#/components/messages/BookLent' }
operations:
  lendBook: { action: send, channel: { $ref: '#/channels/loans' }, x-service: desk }
  countLoans: { action: receive, channel: { $ref: '#/channels/loans' }, x-service: figures, x-filter: { branch: [north] } }
components:
  messages:
    BookLent:
      name: BookLent
      summary: A reader took | a book.
      payload:
        type: object
        required: [book, branch]
        properties: { book: { type: string }, branch: { enum: [north, south] } }
        examples: [{ book: b-1, branch: north }]
`;

const { model } = await understand(library);
const site = describeSite(siteContext(model));
const twins = new Map(markdownTwins(site).map(({ path, content }) => [path, String(content)]));

test('llms.txt has a title, a summary and a line for each page', () => {
  expect(twins.get('llms.txt')).toMatch(/^# Library\n\n> Books \*on loan\*\. \\<b>Ask\\<\/b> us\.\n/);
  expect(twins.get('llms.txt')).toContain('- [BookLent](events/book-lent.md): A reader took | a book.\n');
});

test('a table of events has a row for each, with bars of texts escaped', () => {
  expect(twins.get('events.md')).toContain(
    '| [BookLent](events/book-lent.md) | `lib.loans` | A reader took \\| a book. |',
  );
});

test('the twin of an event shows its name, where it comes from, and code to use it', () => {
  const twin = twins.get('events/book-lent.md') ?? '';
  expect(twin).toMatch(/^# BookLent\n\nA reader took \| a book\.\n/);
  expect(twin).toContain('- Name `BookLent`, source `lib.loans`, channel `loans`');
  expect(twin).toContain("await publisher.lendBook({ book: 'b-1', branch: 'north' });");
});

test('a twin says what an extra page says, with its links among the twins and its headings below the title', () => {
  const page = (file: string, slug: string, markdown: string): SiteModel['pages'][number] => ({
    file,
    slug,
    title: slug,
    markdown,
  });
  const pages = [
    page('docs/a.md', 'a', '# First\n\n## More\n\n[b](../b.md#x) and [out](../../c.md)\n'),
    page('b.md', 'b', 'B'),
  ];
  const twin = markdownTwins({ ...site, pages }).find(({ path }) => path === 'pages/a.md');
  expect(twin?.content).toBe('# a\n\n## More\n\n[b](b.md) and out\n');
});

const many = { ...site, events: Array.from({ length: 300 }, () => site.events).flat() };

test.each([
  ['a small site', site],
  ['a site in whose every text there is something', siteOf({ text: () => 'x', markdown: () => '# x' })],
  ['a site of many events', many],
])('%s has a twin for each page', (_, one) => {
  const pages = renderSite(one).map(({ path }) => path);
  const wanted = pages
    .filter((path) => path.endsWith('.html') && path !== '404.html')
    .map((path) => path.replace(/\.html$/, '.md'));
  const made = new Set(markdownTwins(one).map(({ path }) => path));
  expect(wanted.length).toBeGreaterThan(5);
  expect(wanted.filter((path) => !made.has(path))).toEqual([]);
});

test('every link of a twin leads to a file of the site', () => {
  const files = new Set([...emitSite(model).map(({ path }) => path), 'asyncapi.json']);
  const broken = [...twins].flatMap(([path, text]) =>
    linksOf(text)
      .filter((href) => !/^https?:/.test(href))
      .map((href) => posix.join(posix.dirname(path), decodeURIComponent(href)))
      .filter((target) => !files.has(target)),
  );
  expect(broken).toEqual([]);
});

function linksOf(text: string): readonly string[] {
  const tokens = new MarkdownIt().parse(text, {}).flatMap(({ children }) => children ?? []);
  return tokens.flatMap((token) => (token.type === 'link_open' ? [String(token.attrGet('href'))] : []));
}

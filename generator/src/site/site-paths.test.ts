import fc from 'fast-check';
import { expect, test } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import { seed } from '../../../test/support/seed.ts';
import { encodeName, hrefFrom, sitePathsOf } from './site-paths.ts';

test('names are spelled in letters, digits and signs that no path or anchor minds, each in its own way', () => {
  const spelled = new Map<string, string>();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'A', 'x', 'X', '4', '1', '_', '.', '-', '/', 'ü', '\u0041') }),
      (name) => {
        const text = encodeName(name);
        expect(text).toMatch(/^[a-z0-9_.-]*$/);
        expect(spelled.get(text) ?? name).toBe(name);
        spelled.set(text, name);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  ['index.html', 'events/a.html', null, 'events/a.html'],
  ['events/a.html', 'events/b.html', null, 'b.html'],
  ['events/a.html', 'events/a.html', 'field-x', '#field-x'],
  ['events/a/b.html', 'services/c.html', null, '../../services/c.html'],
  ['events/a/b.html', 'events/a.html', 'x', '../a.html#x'],
  ['services/c.html', 'index.html', null, '../index.html'],
  ['index.html', 'pages/100% sure?.html', null, 'pages/100%25%20sure%3F.html'],
])('from %s to %s (%s) leads %s', (page, path, anchor, href) => {
  expect(hrefFrom(page, { path, anchor })).toBe(href);
});

test('wherever a page is, its links lead where they should', () => {
  const part = fc.constantFrom('a', 'b', 'ab', 'c d', 'é', '100%', 'x?y', '#');
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, path, (page, to) => {
      const base = `https://site.example/${page.split('/').map(encodeURIComponent).join('/')}`;
      const led = new URL(hrefFrom(page, { path: to, anchor: null }), base);
      expect([decodeURIComponent(led.pathname), led.search, led.hash]).toEqual([`/${to}`, '', '']);
    }),
    { seed },
  );
});

test('an event that several channels carry has a page for each', async () => {
  const { model } = await understand(`
asyncapi: 3.0.0
info: { title: Zoo, version: 1.0.0 }
servers: { zoo: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  cats: { address: zoo.cats, messages: { Fed: { $ref: '#/components/messages/Fed' } } }
  Cats: { address: zoo.big-cats, messages: { Fed: { $ref: '#/components/messages/Fed' } } }
  dogs: { address: zoo.dogs, messages: { Walked: { payload: { type: object } } } }
operations: {}
components: { messages: { Fed: { payload: { type: object } } } }
`);
  const paths = sitePathsOf(model);
  const pages = model.catalog.events.map((event) => paths.event(event).path);
  expect(pages.sort()).toEqual(['events/fed/_cats.html', 'events/fed/cats.html', 'events/walked.html']);
});

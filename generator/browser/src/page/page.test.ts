import fc from 'fast-check';
import highlighter from 'highlight.js/lib/core';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import { describe, expect, test } from 'vitest';
import { siteHref } from '../dom/site-href.ts';
import { codePieces } from './colour.ts';
import { anchorOf } from './reveal.ts';
import { holds, wordsOf } from './row-filter.ts';
import { isSearchKey } from './search-opener.ts';
import { steppedTo } from './tabs.ts';

highlighter.registerLanguage('json', json);
highlighter.registerLanguage('typescript', typescript);

describe('coloured code', () => {
  test('knows what its pieces are within', () => {
    expect(codePieces('a <span class="hljs-x">b<span class="hljs-y z">&lt;&amp;lt;</span></span>')).toEqual([
      { text: 'a ', scopes: [] },
      { text: 'b', scopes: ['hljs-x'] },
      { text: '<&lt;', scopes: ['hljs-x', 'hljs-y z'] },
    ]);
  });

  test('has the text it had, whatever that is', () => {
    const code = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</span><script>', '<span class="x">', '&amp;lt;', 'const x = `${"</pre>"}`; // &#x27;'),
    );
    fc.assert(
      fc.property(code, fc.constantFrom('json', 'typescript'), (text, language) => {
        const { value } = highlighter.highlight(text, { language, ignoreIllegals: true });
        expect(
          codePieces(value)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['../', 'events/order-placed.html', 'field-customer.tier', '../events/order-placed.html#field-customer.tier'],
  ['', 'index.html', null, 'index.html'],
  ['../../', 'events/a b/c#d.html', 'x"y', '../../events/a%20b/c%23d.html#x%22y'],
  ['', 'javascript:alert(1)', null, 'javascript%3Aalert(1)'],
])('from %j the place %j %j is at %j', (root, path, anchor, href) => {
  expect(siteHref(root, path, anchor)).toBe(href);
});

test('a fragment is decoded, unless it is wrongly encoded', () => {
  expect(anchorOf('#field-caf%C3%A9')).toBe('field-café');
  expect(anchorOf('#100%')).toBe('100%');
  expect(anchorOf('')).toBe('');
});

test('a row stays when it holds every word, in any order and case', () => {
  const words = wordsOf('  Placed ORDER ');
  expect(holds('orderplaced', words)).toBe(true);
  expect(holds('ordercancelled', words)).toBe(false);
  expect(holds('anything', wordsOf(' '))).toBe(true);
});

test('arrows go round the tabs, and Home and End to their ends', () => {
  expect([steppedTo('ArrowRight', 2, 3), steppedTo('ArrowLeft', 0, 3), steppedTo('ArrowLeft', -1, 3)]).toEqual([
    0, 2, 2,
  ]);
  expect([steppedTo('Home', 1, 3), steppedTo('End', 1, 3), steppedTo('Tab', 1, 3)]).toEqual([0, 2, null]);
});

test('the search opens by a slash, Ctrl+K and Command+K, and by nothing near them', () => {
  const key = (name: string, ...held: readonly string[]) => ({
    key: name,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
  });
  // Where the slash is above 7, Shift is held.
  const opening = [key('/'), key('/', 'shift'), key('k', 'ctrl'), key('K', 'meta')];
  expect(opening.filter(isSearchKey)).toEqual(opening);
  const others = [key('k'), key('/', 'ctrl'), key('k', 'ctrl', 'shift'), key('k', 'ctrl', 'alt'), key('/', 'alt')];
  expect(others.filter(isSearchKey)).toEqual([]);
});

import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { attribute, html, htmlText, safeHtml } from './html.ts';

const hostile = `<script>alert(1)</script>"'&\u0000\u001b\ud800`;

test('text of a template stays text, in content and in attributes', () => {
  const spelled = htmlText(html`<p title="${hostile}">${hostile}</p>`);
  expect(spelled).not.toContain('<script');
  const [paragraph] = parseFragment(spelled).childNodes;
  const expected = `<script>alert(1)</script>"'&\ufffd\ufffd\ufffd`;
  expect(paragraph).toMatchObject({ nodeName: 'p', attrs: [{ name: 'title', value: expected }] });
  expect((paragraph as { childNodes: { value: string }[] }).childNodes.map(({ value }) => value)).toEqual([expected]);
});

test('any text comes back from the parser as it was put in', () => {
  const texts = fc.string({ unit: 'binary' }).map((text) => text.replace(/\p{Cc}|\p{Surrogate}|\ufeff/gu, ''));
  fc.assert(
    fc.property(texts, (text) => {
      const [span] = parseFragment(htmlText(html`<span title="${text}">${text}</span>`)).childNodes as {
        attrs: { value: string }[];
        childNodes: { value: string }[];
      }[];
      expect(span?.attrs[0]?.value).toBe(text);
      expect(span?.childNodes.map(({ value }) => value).join('')).toBe(text);
    }),
  );
});

test('parts that are HTML are not escaped again, lists are joined, and nothing is nothing', () => {
  const item = html`<li>${'a & b'}</li>`;
  expect(htmlText(html`<ul>${[item, null, undefined, false, 3, safeHtml('<hr>')]}</ul>`)).toBe(
    '<ul><li>a &amp; b</li>3<hr></ul>',
  );
});

test('an attribute is there with its value, bare, or not at all', () => {
  expect(
    htmlText([attribute('title', '"'), attribute('open', true), attribute('hidden', false), attribute('id', null)]),
  ).toBe(' title="&quot;" open');
});

test('quotes are escaped wherever they could end an attribute', () => {
  const quote = '"';
  expect(htmlText(html`<a title="x > ${quote}" href="${quote}">${quote}</a>`)).toBe(
    '<a title="x > &quot;" href="&quot;">"</a>',
  );
  expect(htmlText(html`5" ${quote}<b title="${quote}">`)).toBe('5" &quot;<b title="&quot;">');
  expect(htmlText(html` title="${quote}"`)).toBe(' title="&quot;"');
  expect(htmlText(html`<p>5" ${quote}<b title="${quote}${quote}">${quote}</b>`)).toBe(
    '<p>5" "<b title="&quot;&quot;">"</b>',
  );
});

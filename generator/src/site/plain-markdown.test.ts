import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { seed } from '../../../test/support/seed.ts';
import { htmlText } from './html.ts';
import { isPlainMarkdown } from './plain-markdown.ts';
import { inlineMarkdown, markdown } from './render/markdown.ts';

const signs = [...'ab1 .,;:?!\'"’“…()/%+=$-_*`[]<>&\\~#|@^{}\n\t\u00a0', 'www.', '://', '1.', '---', '  '];
const texts = fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 }).map((text) => `a${text}`);

test('plain Markdown is what a parser takes for one paragraph of the same text', () => {
  const parser = new MarkdownIt('default', { html: false });
  let count = 0;
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(isPlainMarkdown(text));
      count++;
      const [open, inline, close, ...more] = parser.parse(text, {});
      expect([open?.type, close?.type, more]).toEqual(['paragraph_open', 'paragraph_close', []]);
      expect(inline?.children?.map(({ type, content }) => [type, content])).toEqual([['text', text]]);
      expect(htmlText(markdown(text, { headingLevel: 2 }))).toBe(parser.render(text));
      expect(htmlText(inlineMarkdown(text))).toBe(parser.renderInline(text));
    }),
    { seed, numRuns: 500 },
  );
  expect(count).toBe(500);
});

test.each([
  'Ein Hafen',
  '- item',
  'a *b*',
  'a `b`',
  'a_b_c',
  'a  b',
  'a ',
  'a\nb',
  '1. one',
  'a & b',
  'a <b>',
  '[a](b)',
  '',
])('%j is plain only where it has neither marks nor lines', (text) => {
  expect(isPlainMarkdown(text)).toBe(text === 'Ein Hafen');
});

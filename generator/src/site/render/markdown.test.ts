import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { htmlText } from '../html.ts';
import { inlineMarkdown, markdown } from './markdown.ts';

const spelled = (text: string, headingLevel = 3): string => htmlText(markdown(text, { headingLevel }));

test('tables, lists and code are spelled, and headings go below those of the page', () => {
  const text = spelled('# One\n\n## Two\n\n| a | b |\n|---|--:|\n| 1 | `2` |\n\n- x');
  expect(text).toContain('<h3>One</h3>');
  expect(text).toContain('<h4>Two</h4>');
  expect(text).toContain('<td class="num"><code>2</code></td>');
  expect(text).toContain('<li>x</li>');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:alert(1))',
  '[x](file:///etc/passwd)',
  '[x](//example.com)',
  '![x](https://example.com/pixel.png)',
  '![x](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]',
])('%s does nothing', (text) => {
  expect(dangersOf(spelled(text))).toEqual([]);
});

test('links of the web stay, tell nothing of the reader, and others lose their tags alone', () => {
  expect(htmlText(inlineMarkdown('[a](https://example.com/x) [b](./c.md) <d@example.com>'))).toBe(
    '<a href="https://example.com/x" rel="noopener noreferrer">a</a> b <a href="mailto:d@example.com" rel="noopener noreferrer">d@example.com</a>',
  );
});

test('whatever the text, nothing but harmless elements comes out', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '`',
    '[x](',
    ')',
    'javascript:',
    '![',
    '\n',
    '|',
    '#',
    ' ',
    '<b',
    'onload=',
    '```',
    '&#x6a;',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      expect(dangersOf(spelled(parts.join('')))).toEqual([]);
    }),
  );
});

const harmless = new Set(
  'a div blockquote br code em h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul #text'.split(' '),
);

/** Elements, attributes and addresses that text has no business to bring about. */
function dangersOf(markup: string): readonly string[] {
  const dangers: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    if (!harmless.has(node.nodeName)) dangers.push(node.nodeName);
    for (const { name, value } of 'attrs' in node ? node.attrs : []) {
      const isAddress = name === 'href' && /^(https?:|mailto:)/i.test(value);
      if (!isAddress && !['rel', 'start', 'tabindex', 'class', 'style'].includes(name))
        dangers.push(`${name}=${value}`);
    }
    for (const child of 'childNodes' in node ? node.childNodes : []) visit(child);
  };
  for (const node of parseFragment(markup).childNodes) visit(node);
  return dangers;
}

test('headings of a text leave no level out, and none is empty', () => {
  const text = spelled('#### Deep\n\n# High\n\n### Deeper\n\n#\n\n## <!-- -->', 3);
  const tags = [...text.matchAll(/<(h[1-6])>/g)].map(([, tag]) => tag);
  expect(tags).toEqual(['h3', 'h3', 'h4', 'h4']);
  expect(text).not.toMatch(/<h[1-6]><\/h/);
});

import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { siteOf } from '../../../../test/support/site-of.ts';
import { documentText } from './markdown.ts';
import { markdownTwins } from './markdown-twins.ts';
import { prose } from './prose.ts';

/** A reader that takes raw HTML for HTML and bare addresses for links. */
const reader = new MarkdownIt('default', { html: true, linkify: true });

const marks = [
  '#', '## ', '- ', '* ', '+ ', '1. ', '12) ', '> ', '>', '|', '| a | b |', '---', '| --- |', '===', '***', '* * *', '_', '__x__',
  '`', '``', '```', '~~~', '~~~~ x', '\\', '\\|', '`a|b`', '`\\|`', '[', ']', '](', '[a](javascript:alert(1))', '[a]: http://x.y', '![a](b)',
  '<script>alert(1)</script>', '<!--', '-->', '<b', '&lt;', '&#60;', '&#32;', '&nbsp;', '<https://x.example>', 'https://x.example', 'www.x.example',
  'a@b.example', '\n', '\n\n', '\r', '\t', '    ', '  ', '\u2028', '\u0000', '\ud800', '\u202e', '😀', 'word', 'snake_case', '1', '!', '*a*', '**b**',
  '(', ')', '"', "'", ':', '=', '</details>', '<?x', '<![CDATA[', '$x$', '-',
]; // biome-ignore format: a list to look through

const hostile = fc.oneof(
  fc.array(fc.constantFrom(...marks), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...marks), { maxLength: 8 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Gives the texts in turn, for ever. */
function inTurn(texts: readonly string[]): () => string {
  let index = 0;
  return () => texts[index++ % texts.length] ?? '';
}

interface Shape {
  readonly headings: readonly string[];
  readonly tables: number;
  readonly fences: number;
  readonly cells: number;
}

function shapeOf(text: string): Shape {
  const tokens = reader.parse(text, {});
  const count = (type: string): number => tokens.filter((token) => token.type === type).length;
  return {
    headings: tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag),
    tables: count('table_open'),
    fences: count('fence'),
    cells: count('td_open'),
  };
}

/** Types of all tokens, those within lines too. */
function typesOf(text: string): readonly string[] {
  return reader.parse(text, {}).flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]);
}

function addressesOf(text: string): readonly string[] {
  const children = reader.parse(text, {}).flatMap((token) => token.children ?? []);
  return children.flatMap((token) => {
    return [token.attrGet('href'), token.attrGet('src')].filter((one) => one !== null).map(String);
  });
}

test('no text of the spec changes the structure of a twin', () => {
  const plain = markdownTwins(siteOf({ text: () => 'x', markdown: () => 'x' }));
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 7 }), (texts) => {
      const twins = markdownTwins(siteOf({ text: inTurn(texts), markdown: () => 'x' }));
      twins.forEach(({ path, content }, index) => {
        const text = String(content);
        expect(typesOf(text), path).not.toContain('html_block');
        expect(typesOf(text), path).not.toContain('html_inline');
        expect(typesOf(text), path).not.toContain('image');
        expect(shapeOf(text), `${path}\n${text}`).toEqual(shapeOf(String(plain[index]?.content)));
      });
    }),
    { numRuns: 25 },
  );
});

test('no link of a twin leads anywhere but to the web, to mail or within the site', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 7 }), (texts) => {
      for (const { content } of markdownTwins(siteOf({ text: inTurn(texts), markdown: inTurn(texts) }))) {
        for (const address of addressesOf(String(content))) {
          expect(address).toMatch(/^(https?:\/\/|mailto:|(\.\.\/)*[a-z][\w-]*(\/[\w-]+)*(\.schema)?\.(md|json)$)/i);
        }
      }
    }),
    { numRuns: 15 },
  );
});

const careful = new MarkdownIt('default', { html: false });

/** Types of blocks, with what stands in code; a block of code is one however it is marked. */
function blocksOf(text: string, by: typeof reader): readonly string[] {
  return by.parse(text, {}).map(({ type, content }) => {
    return type === 'fence' || type === 'code_block' ? `code ${content.replace(/\n$/, '')}` : type;
  });
}

test('Markdown of the spec keeps its blocks, and ends where it ends', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (lines) => {
      const source = lines.join('\n');
      const spelled = documentText([prose(source, 3)]);
      expect(typesOf(spelled)).not.toContain('html_block');
      expect(typesOf(spelled)).not.toContain('html_inline');
      expect(blocksOf(spelled, reader), JSON.stringify(spelled)).toEqual(blocksOf(source, careful));
      expect(reader.parse(`${spelled}\nAfter\n`, {}).at(-2)).toMatchObject({ content: 'After', level: 1 });
    }),
    { numRuns: 2000 },
  );
});

import { expect, test } from 'vitest';
import { documentText, md, paragraph } from './markdown.ts';
import { prose, proseLine } from './prose.ts';

const after = paragraph('After');

test.each([
  ['a fence that is not closed', '```js\nlet a', '```js\nlet a\n```'],
  ['headings, from the given level on', '# One\n\n### Three', '### One\n\n##### Three'],
  ['raw HTML as text', '<script>alert(1)</script> & <b>', '\\<script>alert(1)\\</script> & \\<b>'],
  [
    'links to the web and none to scripts',
    '[a](https://x.example) [b](javascript:c)',
    '[a](https://x.example) \\[b\\](javascript:c)',
  ],
  ['a definition of a link where it is used', '[a]\n\n[a]: https://x.example', '[a](https://x.example)'],
  ['lists side by side', '- a\n\n* b', '* a\n\n+ b'],
  ['a list in a list', '1. a\n   - b\n   - c\n2. d', '1. a\n   * b\n   * c\n2. d'],
  ['a quotation with code', '> q\n>\n>     code', '> q\n>\n> ```\n> code\n> ```'],
  ['a table', '| a | b |\n| - | - |\n| `x\\|y` | *z* |', '| a | b |\n| --- | --- |\n| `x\\|y` | *z* |'],
  ['an image as a link', '![seen](https://x.example/i.png)', '[seen](https://x.example/i.png)'],
])('Markdown of the spec is spelled anew: %s', (_, source, spelled) => {
  expect(documentText([prose(source, 3), after])).toBe(`${spelled}\n\nAfter\n`);
});

test('on one line, blocks follow each other', () => {
  expect(documentText([paragraph(md`${proseLine('# A\n\nb\nc\n\n- d\n\n```\ne\n```')}`)])).toBe('A. b c. d. `e`\n');
});

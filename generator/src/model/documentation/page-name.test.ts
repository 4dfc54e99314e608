import { describe, expect, test } from 'vitest';
import { firstHeading, pageSlug, withoutFrontMatter } from './page-name.ts';

describe('pageSlug', () => {
  test.each([
    ['docs/events-guide.md', 'events-guide'],
    ['Getting Started.md', 'getting-started'],
    ['a/b/Über uns.markdown', 'über-uns'],
    ['はじめに.md', 'はじめに'],
    ['v1.2.md', 'v1-2'],
    ['..md', 'page'],
    ['<script>.md', 'script'],
  ])('%s is %s', (file, slug) => {
    expect(pageSlug(file)).toBe(slug);
  });

  test('is the same however the disk spells an accent', () => {
    expect(pageSlug('u\u0308ber.md')).toBe(pageSlug('\u00fcber.md'));
  });
});

describe('firstHeading', () => {
  test.each([
    ['# How we name events', 'How we name events'],
    ['text\n\n## Second ##\n# First', 'Second'],
    ['   ###   Deep   ', 'Deep'],
    ['Title\n===', 'Title'],
    ['Two\nlines\n---\n', 'Two lines'],
    ['#\n# Next', 'Next'],
    ['```sh\n# a comment\n```\n# Title', 'Title'],
    ['~~~~\n# no\n~~~\n# no\n~~~~\n# Title', 'Title'],
    ['    # code\n\n# Title', 'Title'],
    ['# The `code` of **bold** and _soft_ [links](https://x.example)', 'The code of bold and soft links'],
    ['# snake_case stays', 'snake_case stays'],
    ['# 2 \\* 3', '2 * 3'],
    ['# <b>raw</b>', '<b>raw</b>'],
  ])('of %j is %j', (markdown, heading) => {
    expect(firstHeading(markdown)).toBe(heading);
  });

  test.each(['', 'no heading', '#hashtag', '####### seven', '- item\n---', '> quote\n---', '---\n', '```\n# open'])(
    'there is none in %j',
    (markdown) => {
      expect(firstHeading(markdown)).toBeNull();
    },
  );

  test('is found at once in a long text of marks', () => {
    const started = performance.now();
    firstHeading(`${'#'.repeat(50_000)}\n# ${'[('.repeat(50_000)}${'_*`'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('withoutFrontMatter', () => {
  test.each([
    ['---\ntitle: A\n---\n# B\n', '# B\n'],
    ['\ufeff---\r\ntitle: A\r\n...\r\n# B\r\n', '# B\n'],
    ['---\n\n# A\n\n---\n', '---\n\n# A\n\n---\n'],
    ['---\ntitle: never closed\n', '---\ntitle: never closed\n'],
    ['# A\n---\nb: c\n---\n', '# A\n---\nb: c\n---\n'],
  ])('of %j is %j', (markdown, rest) => {
    expect(withoutFrontMatter(markdown)).toBe(rest);
  });
});

import { describe, expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { displayFrom } from './display-path.ts';
import { renderGithub } from './render-github.ts';
import { renderJson } from './render-json.ts';
import { renderText } from './render-text.ts';
import { report } from './report.ts';

const display = displayFrom('specs/asyncapi.yaml', '/home/me/shop');
const text = ['asyncapi: 3.0.0', 'info:', '  title: Shop', '\ttitle: Two', ''].join('\n');
const texts = new Map([['asyncapi.yaml', text]]);

const at = (line: number, column: number, file = 'asyncapi.yaml') => ({ file, pointer: '/info/title', line, column });
const duplicate = report('duplicate-key', at(4, 2), 'The key "title" is used twice.', 'Remove one.', [
  { message: '"title" is first used here.', origin: at(3, 3) },
]);
const elsewhere = report('number-not-exact', at(1, 1, 'schemas/order.json'), 'Too long.', '');

describe('displayFrom', () => {
  it('shows paths from the working directory, also upwards', () => {
    expect(display('schemas/order.json')).toBe('specs/schemas/order.json');
    expect(displayFrom('../asyncapi.yaml', '/home/me/shop')('a.json')).toBe('../a.json');
    expect(displayFrom('/home/me/shop/asyncapi.yaml', '/home/me/shop')('asyncapi.yaml')).toBe('asyncapi.yaml');
  });
});

describe('renderText', () => {
  it('shows place, source line, caret, other places, reason and help, and counts', () => {
    expect(renderText([elsewhere, duplicate], { display, texts })).toBe(
      `error[duplicate-key] The key "title" is used twice.
  at specs/asyncapi.yaml:4:2
  |
4 | \ttitle: Two
  | \t^
also specs/asyncapi.yaml:3:3 "title" is first used here.
 why Only one of the values could win, and which one depends on the reader.
help Remove one.

warning[number-not-exact] Too long.
  at specs/schemas/order.json:1:1
 why Numbers are IEEE doubles in JavaScript: this one silently becomes a neighbour.

1 error, 1 warning.
`,
    );
  });

  it('says nothing about nothing', () => {
    expect(renderText([], { display, texts })).toBe('');
  });

  it('gives the reason once per code', () => {
    const twice = renderText([duplicate, { ...duplicate, origin: at(1, 1) }], { display, texts });
    expect(twice.match(/ why /g)).toHaveLength(1);
    expect(twice).toMatch(/\n2 errors\.\n$/);
  });

  it('colours only when asked to', () => {
    expect(renderText([duplicate], { display, texts })).not.toContain('\u001b');
    expect(renderText([duplicate], { display, texts, colour: true })).toContain(
      '\u001b[31merror[duplicate-key]\u001b[0m',
    );
  });

  it('lets no control character of the spec reach the terminal', () => {
    const hostile = new Map([['asyncapi.yaml', 'title: "\u001b[2J\u202e\u0085"']]);
    const rendered = renderText([report('syntax-error', at(1, 1), 'Bad \u001b]0;x\u0007')], {
      display,
      texts: hostile,
    });
    expect(rendered).toContain('title: "␛[2J��"');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('shows the part of a long line around the place', () => {
    const long = new Map([['asyncapi.yaml', `${'a'.repeat(500)}!${'b'.repeat(500)}`]]);
    const [, , , source = '', caret = ''] = renderText([{ ...duplicate, origin: at(1, 501) }], {
      display,
      texts: long,
    }).split('\n');
    expect(source.length).toBeLessThan(140);
    expect(source[caret.indexOf('^')]).toBe('!');
  });

  it('does without a frame when the line is not there', () => {
    expect(renderText([{ ...duplicate, origin: at(99, 1) }], { display, texts })).not.toContain(' | ');
  });
});

describe('renderJson', () => {
  it('gives the fields of the contract, sorted by place', () => {
    expect(renderJson([elsewhere, duplicate], display)).toEqual([
      {
        code: 'duplicate-key',
        severity: 'error',
        message: 'The key "title" is used twice.',
        help: 'Remove one.',
        file: 'specs/asyncapi.yaml',
        line: 4,
        column: 2,
        pointer: '/info/title',
      },
      expect.objectContaining({ file: 'specs/schemas/order.json', severity: 'warning', help: '' }),
    ]);
  });

  it('sorts by line as a number, then by column, code and message', () => {
    const many: Diagnostic[] = [at(10, 1), at(9, 2), at(9, 1)].map((origin) => ({ ...duplicate, origin }));
    expect(renderJson(many, display).map(({ line, column }) => [line, column])).toEqual([
      [9, 1],
      [9, 2],
      [10, 1],
    ]);
  });
});

describe('renderGithub', () => {
  it('writes one annotation a line', () => {
    expect(renderGithub([duplicate], display)).toBe(
      '::error file=specs/asyncapi.yaml,line=4,col=2,title=Key used twice (duplicate-key)::The key "title" is used twice.%0ARemove one.\n',
    );
  });

  it('calls info a notice', () => {
    expect(renderGithub([{ ...duplicate, severity: 'info' }], display)).toMatch(/^::notice /);
  });

  it('lets no text of the spec end its field or line', () => {
    const hostile = { ...duplicate, message: '100%\r\n::error::x', help: '', origin: at(1, 1, 'a,line=9:b.yaml') };
    expect(renderGithub([hostile], display)).toBe(
      '::error file=specs/a%2Cline=9%3Ab.yaml,line=1,col=1,title=Key used twice (duplicate-key)::100%25%0D%0A::error::x\n',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { judgeImage } from './judge-image.ts';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0);
const jpg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const webp = new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ');
const svg = (text: string) => new TextEncoder().encode(text);

describe('judgeImage', () => {
  test.each<[string, Uint8Array, string]>([
    ['a.png', png, 'png'],
    ['A.PNG', png, 'png'],
    ['a.jpg', jpg, 'jpg'],
    ['a.jpeg', jpg, 'jpg'],
    ['logo.v2.webp', webp, 'webp'],
    ['a.svg', svg('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    ['a.svg', svg('\ufeff<?xml version="1.0"?>\n<!-- mark -->\n<!DOCTYPE svg>\n<svg>\n</svg>'), 'svg'],
    ['a.svg', svg('<svg><use href="#mark"/><path fill="url(#shade)"/><style>.conic{}</style></svg>'), 'svg'],
    ['a.svg', svg('<svg><image xlink:href="data:image/png;base64,AA=="/></svg>'), 'svg'],
  ])('takes %s', (file, bytes, extension) => {
    expect(judgeImage(file, bytes)).toEqual({ ok: true, extension });
  });

  test.each<[string, Uint8Array, string]>([
    ['a.svg', png, 'a PNG image'],
    ['a.png', jpg, 'a JPG image'],
    ['a.png', svg('<svg/>'), 'no image'],
    ['a.webp', webp.slice(0, 11), 'no image'],
    ['a.webp', svg('RIFF\0\0\0\0WAVE'), 'no image'],
    ['a.png', new Uint8Array(0), 'no image'],
    ['a.svg', svg('<html><svg></svg></html>'), 'no image'],
    ['a.svg', svg('<!-- <svg> '), 'no image'],
    ['a.svg', svg('<svgfake/>'), 'no image'],
    ['a.svg', Uint8Array.of(0x3c, 0x73, 0xff), 'no image'],
  ])('refuses %s that holds something else: %#', (file, bytes, what) => {
    expect(judgeImage(file, bytes)).toEqual({ ok: false, message: expect.stringContaining(what) });
  });

  test.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg><svg:script href="#"/></svg>',
    '<svg onload="alert(1)"/>',
    '<svg><g onclick = "x()"/></svg>',
    '<svg><foreignObject/></svg>',
    '<svg><a href="javascript:alert(1)"/></svg>',
    '<svg><a xlink:href="https://evil.example"/></svg>',
    '<svg><image href="./other.png"/></svg>',
    '<svg><image href="data:image/svg+xml,x"/></svg>',
    '<svg><path fill="url(https://evil.example/a)"/></svg>',
    "<svg><style>@import 'https://evil.example/a.css'</style></svg>",
    '<svg><animate attributeName="xlink:href" values="javascript:x"/></svg>',
    '<!DOCTYPE svg><!-- --><svg><!ENTITY x "y"></svg>',
  ])('refuses an SVG that does more than draw: %s', (text) => {
    expect(judgeImage('a.svg', svg(text))).toEqual({ ok: false, message: expect.stringContaining('may only draw') });
  });
});

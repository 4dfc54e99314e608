import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentRules, contrast } from './accent.ts';

test('without an accent, or with one that is no colour, the theme keeps its own', () => {
  expect(accentRules(null)).toEqual([]);
  expect(accentRules('red; } body { display: none')).toEqual([]);
});

test('any accent can be read on the surfaces of both themes', () => {
  const channel = fc.integer({ min: 0, max: 255 }).map((value) => value.toString(16).padStart(2, '0'));
  fc.assert(
    fc.property(channel, channel, channel, (red, green, blue) => {
      const [rule = ''] = accentRules(`#${red}${green}${blue}`);
      const [light, dark, softLight, softDark] = [...rule.matchAll(/#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/g)].map(
        ([, r = '', g = '', b = '']) =>
          [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)] as const,
      );
      if (!light || !dark || !softLight || !softDark) throw new Error(rule);
      for (const surface of [[255, 255, 255], softLight] as const)
        expect(contrast(light, surface)).toBeGreaterThanOrEqual(4.5);
      for (const surface of [[0x12, 0x15, 0x1c], softDark] as const)
        expect(contrast(dark, surface)).toBeGreaterThanOrEqual(4.5);
      // Text on a button: white in the light theme, the page's colour in the dark one.
      expect(contrast(light, [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, [0x12, 0x15, 0x1c])).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

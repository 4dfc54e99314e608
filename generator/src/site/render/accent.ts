/**
 * An accent colour of the user's as rules of a style sheet: darkened for the light theme and lightened for the dark one
 * until text in it keeps the contrast of WCAG 2 AA (4.5 : 1) on all surfaces of the theme.
 */
export function accentRules(accent: string | null): readonly string[] {
  const colour = accent === null ? null : parse(accent);
  if (colour === null) return [];
  const light = towards(colour, black, lightSurfaces(colour));
  const dark = towards(colour, white, darkSurfaces(colour));
  const pair = (one: Colour, other: Colour): string => `light-dark(${spell(one)}, ${spell(other)})`;
  return [
    [
      ':root {',
      `  --accent: ${pair(light, dark)};`,
      `  --accent-soft: ${pair(softOf(colour, white, 0.1), softOf(colour, darkest, 0.2))};`,
      '}',
    ].join('\n'),
  ];
}

type Colour = readonly [number, number, number];

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
/** `--bg` of the dark theme. */
const darkest: Colour = [0x12, 0x15, 0x1c];

/** Surfaces that stand behind accented text: page, sunken, and the soft accent itself. */
function lightSurfaces(colour: Colour): readonly Colour[] {
  return [white, [0xf6, 0xf7, 0xf9], softOf(colour, white, 0.1)];
}

function darkSurfaces(colour: Colour): readonly Colour[] {
  return [darkest, [0x1b, 0x20, 0x2a], softOf(colour, darkest, 0.2)];
}

function softOf(colour: Colour, ground: Colour, share: number): Colour {
  return mix(ground, colour, share);
}

function towards(colour: Colour, end: Colour, surfaces: readonly Colour[]): Colour {
  for (let share = 0; share < 1; share += 0.02) {
    const candidate = mix(colour, end, share);
    if (surfaces.every((surface) => contrast(candidate, surface) >= 4.6)) return candidate;
  }
  return end;
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
}

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function parse(text: string): Colour | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (digits === null) return null;
  const [red = 0, green = 0, blue = 0] = digits.slice(1).map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

function spell(colour: Colour): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

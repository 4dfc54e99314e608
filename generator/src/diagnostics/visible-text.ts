/**
 * Text of the spec made safe to print: control characters, which could steer a terminal, and marks that turn the
 * direction of writing become visible. One character stays one character, so that columns still fit; tabs and line
 * feeds stay.
 */
export function visibleText(text: string): string {
  let visible = '';
  for (const character of text) visible += visibleCharacter(character);
  return visible;
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09 || code === 0x0a) return character;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  const isControl = code >= 0x80 && code < 0xa0;
  const turnsDirection =
    code === 0x061c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069);
  return isControl || turnsDirection ? '\ufffd' : character;
}

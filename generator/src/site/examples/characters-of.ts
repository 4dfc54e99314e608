/**
 * Characters that the source of one character of a pattern matches, such as `[A-Z0-9]`, `\d` or `.`: letters of one case and
 * digits when it can be such, else marks, else what stands in it.
 */
export function charactersOf(source: string): readonly string[] {
  if (!/[\\[.]/.test(source) || source.length === 1) return source === '.' ? [...letters] : [source];
  const matcher = matcherOf(source);
  if (matcher === null) return [];
  const matching = (alphabet: string): readonly string[] => [...new Set(alphabet)].filter((one) => matcher.test(one));
  const small = matching(letters);
  const plain = [...(small.length > 0 ? small : matching(letters.toUpperCase())), ...matching('0123456789')];
  if (plain.length > 0) return plain;
  return [marks, others, source, controls].map(matching).find((found) => found.length > 0) ?? [];
}

function matcherOf(source: string): RegExp | null {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return null;
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const marks = '-_.:/ @,;+*#%&=?!$()[]{}<>"\'`^~|\\\t\n';
const others = 'äöüéßñøčşÄÖÜÉжяЖЯ漢字あア한글αβ€£¥°§…–—😀';
const controls = String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code));

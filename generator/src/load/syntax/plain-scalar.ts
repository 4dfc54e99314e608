/** What the core schema of YAML 1.2 makes of a plain scalar; undefined when that is not certain at a glance. */
export function resolvePlainScalar(text: string): string | number | boolean | null | undefined {
  const first = text.charCodeAt(0);
  if (isNumeric(first)) {
    if (/^(?:0|-?[1-9]\d{0,14}|-?\d{1,9}\.\d{1,6})$/.test(text)) return Number(text);
    return /^(?:[-+.\d][-+.\deE]*|0[xo][\da-fA-F]+|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN))$/.test(text)
      ? maybeNumber(text)
      : text;
  }
  return words.has(text) ? words.get(text) : text;
}

/** Versions and dates are texts; the other forms of numbers are left to others. */
function maybeNumber(text: string): string | undefined {
  return /^\d+\.\d+\.\d+$|^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
}

function isNumeric(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x2b || unit === 0x2d || unit === 0x2e;
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', 'null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
]);

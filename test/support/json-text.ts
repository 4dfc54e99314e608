/** What evaluators written for tests need of JSON; on purpose nothing of the engine. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonRecord = { readonly [key: string]: Json };

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Parses JSON; undefined when it is none. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** An IPv4 address as a number; null when the text is none. */
export function ipv4Number(text: string): number | null {
  const numbers = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number) : [];
  if (numbers.length !== 4 || numbers.some((number) => number > 255)) return null;
  return numbers.reduce((sum, number) => sum * 256 + number, 0);
}

/** Tells whether a text is an IPv4 address in a block. */
export function isInIpv4Block(text: string, block: string): boolean {
  const [start = '', mask = ''] = block.split('/');
  const address = ipv4Number(text);
  const first = ipv4Number(start);
  if (address === null || first === null) return false;
  const size = 2 ** (32 - Number(mask));
  return Math.floor(address / size) === Math.floor(first / size);
}

/** Tells whether a number satisfies `[">", 0, "<=", 5]`. */
export function isInNumericRange(value: number, range: readonly Json[]): boolean {
  const holds = (operator: Json | undefined, bound: Json | undefined): boolean => {
    if (typeof bound !== 'number') throw new Error(`no number: ${JSON.stringify(range)}`);
    if (operator === '=') return value === bound;
    if (operator === '<') return value < bound;
    if (operator === '<=') return value <= bound;
    if (operator === '>') return value > bound;
    if (operator === '>=') return value >= bound;
    throw new Error(`no comparison: ${JSON.stringify(range)}`);
  };
  return holds(range[0], range[1]) && (range.length === 2 || holds(range[2], range[3]));
}

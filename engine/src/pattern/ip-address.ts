/**
 * Turns an IPv4 or IPv6 address into its hexadecimal digits (8 or 32), or returns null when it is none.
 *
 * An IPv6 address that maps an IPv4 address (`::ffff:a01:203`) gives the 8 digits of the latter; the spelling
 * `::ffff:10.1.2.3` is no address, since event-ruler accepts nothing but hexadecimal digits and colons.
 */
export function addressDigits(text: string): string | null {
  if (text.includes(':')) return version6Digits(text);
  return text.includes('.') ? version4Digits(text) : null;
}

/** The first and last address of a block such as `10.0.0.0/8`, as digits. Returns a sentence when it is none. */
export function blockOfAddresses(text: string): { readonly first: string; readonly last: string } | string {
  const slash = text.indexOf('/');
  if (slash < 0 || text.includes('/', slash + 1)) return 'a CIDR block needs one "/", as in "10.0.0.0/8"';
  const mask = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(mask)) return 'the mask of a CIDR block must be an integer, as in "10.0.0.0/8"';
  const digits = addressDigits(text.slice(0, slash));
  if (digits === null) return `"${text.slice(0, slash)}" is not an IP address`;
  const bits = digits.length * 4;
  if (Number(mask) >= bits) {
    return `the mask of an IPv${bits === 32 ? 4 : 6} block must be below ${bits}; write a single address as plain text`;
  }
  return { first: fillBits(digits, Number(mask), 0), last: fillBits(digits, Number(mask), 15) };
}

/**
 * Tells whether an address is in a block. Digits are compared from the left, without telling IPv4 from IPv6,
 * as event-ruler does: `0a00:1::` is in `10.0.0.0/8`. An address shorter than the block's bounds is inside once a
 * digit differs from both.
 */
export function isInBlock(digits: string, first: string, last: string): boolean {
  const head = digits.slice(0, first.length);
  const start = first.slice(0, head.length);
  const end = last.slice(0, head.length);
  if (head.length < first.length && (head === start || head === end)) return false;
  return head >= start && head <= end;
}

function version4Digits(text: string): string | null {
  const parts = text.split('.', 5);
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map((part) => hexadecimal(Number(part), 2)).join('');
}

function version6Digits(text: string): string | null {
  if (text.length > 39) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (head === undefined) return null;
  const groups =
    tail === undefined ? head : [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  if (groups.length !== 8 || (tail !== undefined && head.length + tail.length > 7)) return null;
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const digits = groups.map((group) => group.toUpperCase().padStart(4, '0')).join('');
  return digits.startsWith('00000000000000000000FFFF') ? digits.slice(24) : digits;
}

/** Keeps the first `kept` bits of the digits and fills the rest with the bits of `filler` (0 or 15). */
function fillBits(digits: string, kept: number, filler: number): string {
  return Array.from(digits, (digit, index) => {
    const keptHere = Math.min(4, Math.max(0, kept - index * 4));
    const mask = (15 << (4 - keptHere)) & 15;
    return hexadecimal((Number.parseInt(digit, 16) & mask) | (filler & ~mask & 15), 1);
  }).join('');
}

function hexadecimal(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, '0');
}

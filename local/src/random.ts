/** A deterministic source of randomness. */
export interface Random {
  /** The next 32 random bits as an unsigned integer. */
  next(): number;
}

/** Makes a generator (xoshiro128**) whose numbers depend on `seed` alone. */
export function createRandom(seed: number | string): Random {
  const mix = splitMix(hash(String(seed)));
  let [a, b, c, d] = [mix(), mix(), mix(), mix()];
  const next = () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  return { next };
}

/** The next number from 0 to less than 1. */
export function nextFraction(random: Random): number {
  return random.next() / 2 ** 32;
}

/** The next random bits as `digits` lower-case hexadecimal digits. */
export function nextHex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits) text += random.next().toString(16).padStart(8, '0');
  return text.slice(0, digits);
}

/** The next random UUID (version 4). */
export function nextUuid(random: Random): string {
  const hex = nextHex(random, 32);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** FNV-1a over code units: spreads any seed over 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state;
}

function splitMix(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    const first = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const second = Math.imul(first ^ (first >>> 15), 0x735a2d97);
    return second ^ (second >>> 15);
  };
}

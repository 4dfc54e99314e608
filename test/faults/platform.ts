import { createHash, webcrypto } from 'node:crypto';

/**
 * Lets what the runtime draws (jitter, ids of events and locks) depend on the seed, and takes digests at once: those of
 * the platform come back in the order in which its threads are done. So one seed gives one course of events.
 */
export function seedPlatform(seed: number): void {
  // Most errors here are made to be thrown and caught.
  Error.stackTraceLimit = 0;
  let state = seed;
  // mulberry32
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  let ids = 0;
  const randomUUID = () => `00000000-0000-4000-8000-${(++ids).toString(16).padStart(12, '0')}` as const;
  const digest = async (name: string, bytes: Uint8Array) => {
    const hash = createHash(name.replace('-', '').toLowerCase()).update(bytes).digest();
    return hash.buffer.slice(hash.byteOffset, hash.byteOffset + hash.length);
  };
  Object.defineProperty(webcrypto, 'randomUUID', { value: randomUUID, configurable: true });
  Object.defineProperty(webcrypto.subtle, 'digest', { value: digest, configurable: true });
}

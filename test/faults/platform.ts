import { createHash, webcrypto } from 'node:crypto';
import { chanceOf } from './chance.ts';

/**
 * Lets what the runtime draws (jitter, ids of events and locks) depend on the seed, and takes digests at once: those of
 * the platform come back in the order in which its threads are done. So one seed gives one course of events.
 */
export function seedPlatform(seed: number): void {
  const { draw } = chanceOf(seed);
  let drawn = 0;
  // Most errors here are made to be thrown and caught.
  Error.stackTraceLimit = 0;
  Math.random = () => draw('platform', drawn++);
  const hex = (digits: number) =>
    Math.floor(Math.random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const randomUUID = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}` as const;
  const digest = async (name: string, bytes: Uint8Array) => {
    const hash = createHash(name.replace('-', '').toLowerCase()).update(bytes).digest();
    return hash.buffer.slice(hash.byteOffset, hash.byteOffset + hash.length);
  };
  Object.defineProperty(webcrypto, 'randomUUID', { value: randomUUID, configurable: true });
  Object.defineProperty(webcrypto.subtle, 'digest', { value: digest, configurable: true });
}

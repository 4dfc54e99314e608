import { ownValue, pointerNames } from '../publish/own-value.ts';

/** Property of a payload that says where the real one is. */
export const claimProperty = 'eventloom:claim';

/** What a payload that is kept elsewhere leaves behind. The bucket is not told: a message is not trusted to name one. */
export interface Claim {
  /** Key of the object in the claim bucket. */
  readonly key: string;
  /** Bytes of the object. */
  readonly bytes: number;
  /** SHA-256 of the object in hexadecimal. */
  readonly sha256: string;
}

const keyPattern = /^claims\/[^/]{1,512}\/([\da-f]{64})$/;

/** The key of a payload: the same for the same payload, so that a retry makes no second object. */
export function claimKey(eventName: string, sha256: string): string {
  return `claims/${encodeURIComponent(eventName)}/${sha256}`;
}

/** Tells whether a key is one that {@link claimKey} makes for this digest. */
export function isClaimKey({ key, sha256 }: Claim): boolean {
  return keyPattern.exec(key)?.[1] === sha256;
}

/** The claim that a payload carries; undefined for a payload that is itself what was published. */
export function claimIn(payload: unknown): Claim | undefined {
  const claim = Array.isArray(payload) ? undefined : ownValue(payload, claimProperty);
  const [key, bytes, sha256] = ['key', 'bytes', 'sha256'].map((name) => ownValue(claim, name));
  const isClaim = typeof key === 'string' && Number.isSafeInteger(bytes) && typeof sha256 === 'string';
  return isClaim && Object.keys(claim as object).length === 3 ? { key, bytes: bytes as number, sha256 } : undefined;
}

/** SHA-256 of bytes in hexadecimal. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** A claim as it is sent: with what the JSON pointers of `keep` lead to, at the same places. */
export function claimPayload(payload: unknown, claim: Claim, keep: readonly string[]): object {
  const kept = {};
  for (const pointer of keep) copyAt(kept, payload, pointerNames(pointer));
  return { ...kept, [claimProperty]: claim };
}

function copyAt(target: object, source: unknown, [name, ...rest]: readonly string[]): void {
  const value = name === undefined ? undefined : ownValue(source, name);
  if (name === undefined || value === undefined) return;
  const place = rest.length === 0 ? value : (ownValue(target, name) ?? (Array.isArray(value) ? [] : {}));
  // Defined and not assigned: a property of a payload may be called `__proto__`.
  Object.defineProperty(target, name, { value: place, enumerable: true, configurable: true, writable: true });
  // Where the whole value is kept already, there is nothing to add, and it is the caller's.
  if (rest.length > 0 && place !== value && typeof place === 'object' && place !== null) copyAt(place, value, rest);
}

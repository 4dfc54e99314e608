// The namespace of our ids, drawn once. Another one would give all parts new ids.
const namespace = '6f1c2a4e-0d5b-4c8e-9b57-3f2f6f0e7a11';

/** A UUID of version 5 (RFC 9562): the same for the same names, in this order. */
export async function deterministicId(...names: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(namespace + JSON.stringify(names));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', text)).subarray(0, 16);
  const hex = [...hash].map((byte, index) => versioned(byte, index).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Byte 6 begins with the version, byte 8 with the variant. */
function versioned(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x50;
  return index === 8 ? (byte & 0x3f) | 0x80 : byte;
}

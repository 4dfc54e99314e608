/** Text of a UTF-8 file without its byte order mark, or where the first byte that is not UTF-8 stands. */
export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly textBefore: string };

/** Decodes UTF-8 strictly. UTF-16 and UTF-32 are recognised by their marks, for the message. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { ok: false, message: 'The file is UTF-16.', textBefore: '' };
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const valid = validLength(bytes);
    const byte = (bytes[valid] ?? 0).toString(16).padStart(2, '0').toUpperCase();
    const textBefore = new TextDecoder('utf-8').decode(bytes.subarray(0, valid));
    return { ok: false, message: `The byte 0x${byte} here is not valid UTF-8.`, textBefore };
  }
}

/** Length of the longest valid beginning, found by halving. */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isValidBeginning(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  let end = low;
  while (end > 0 && !isComplete(bytes.subarray(0, end))) end--;
  return end;
}

/** A beginning may end within a character. */
function isValidBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function isComplete(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

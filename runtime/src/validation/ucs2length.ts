/** The number of code points in a text, which is what `minLength` and `maxLength` count; a lone surrogate is one. */
export function ucs2length(text: string): number {
  let length = text.length;
  for (let at = text.length - 1; at > 0; at--) {
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) {
      length--;
      at--;
    }
  }
  return length;
}

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

import { addressDigits } from '../pattern/ip-address.ts';

/** A way of reading a string, so that a condition on it becomes one on the start of what is read. */
export type View = 'text' | 'reversed' | 'folded' | 'folded-reversed' | 'digits';

/** Reads a string; null when it cannot be read so. Of a long one at least the first `length` units are read. */
export function viewOf(view: View, value: string, length: number): string | null {
  switch (view) {
    case 'text':
      return value;
    case 'reversed':
      return reverseText(ending(value, length));
    case 'folded':
      return value.slice(0, length).toUpperCase();
    case 'folded-reversed':
      return reverseText(ending(value, length).toUpperCase());
    case 'digits':
      return addressDigits(value);
    default:
      return view satisfies never;
  }
}

/** Reverses the UTF-16 units of a text. */
export function reverseText(text: string): string {
  let reversed = '';
  for (let index = text.length - 1; index >= 0; index--) reversed += text.charAt(index);
  return reversed;
}

/**
 * The upper-case form of a text, which every value that equals it in any case has too. Null for the few texts that have
 * no such form: `İ`, of whose two cases the upper-case forms differ.
 */
export function foldText(text: string): string | null {
  let fold = '';
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const upper = unit.toUpperCase();
    // A surrogate stands for `?` in a comparison that ignores case.
    if (/[\ud800-\udfff]/.test(unit)) fold += '?';
    else if (unit.toLowerCase().toUpperCase() === upper.toUpperCase()) fold += upper.toUpperCase();
    else return null;
  }
  return fold;
}

function ending(value: string, length: number): string {
  return value.slice(Math.max(0, value.length - length));
}

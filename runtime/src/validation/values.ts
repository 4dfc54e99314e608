import { equal } from './equal.ts';
import type { Broken } from './found.ts';

/** `const` of a value that is neither object nor array */
export const unlike = (value: unknown, allowedValue: unknown): Broken =>
  value !== allowedValue && ['const', { allowedValue }];

/** `const` */
export const unequal = (value: unknown, allowedValue: unknown): Broken =>
  !equal(value, allowedValue) && ['const', { allowedValue }];

/** `enum` of values that are neither objects nor arrays */
export const unlisted = (value: unknown, allowedValues: readonly unknown[]): Broken =>
  !allowedValues.includes(value) && ['enum', { allowedValues }];

/** `enum` */
export const unmatched = (value: unknown, allowedValues: readonly unknown[]): Broken =>
  !allowedValues.some((allowed) => equal(value, allowed)) && ['enum', { allowedValues }];

/** `pattern` */
export const irregular = (text: string, expression: RegExp, pattern: string = expression.source): Broken =>
  !expression.test(text) && ['pattern', { pattern }];

/** `format` */
export const malformed = (isFormed: boolean, format: string): Broken => !isFormed && ['format', { format }];

/** `uniqueItems` */
export function repeated(list: readonly unknown[]): Broken {
  for (let i = list.length; i--; ) {
    for (let j = i; j--; ) if (equal(list[i], list[j])) return ['uniqueItems', { i, j }];
  }
  return undefined;
}

/**
 * `uniqueItems` of items that are neither objects nor arrays by their schema, of several types or of one. As Ajv has it,
 * others are left out, and so is `__proto__` where all are texts.
 */
export function repeatedScalar(list: readonly unknown[], isRight: (item: unknown) => boolean, mixed: boolean): Broken {
  const places: Record<string, unknown> = {};
  for (let i = list.length; i--; ) {
    const item = list[i];
    if (!isRight(item)) continue;
    const key = mixed && typeof item === 'string' ? `${item}_` : String(item);
    const j = places[key];
    if (typeof j === 'number') return ['uniqueItems', { i, j }];
    places[key] = i;
  }
  return undefined;
}

/**
 * Deep equality of JSON values, as `const`, `enum` and `uniqueItems` need it. Answers as Ajv does, for which two objects
 * that both have an object as own property `constructor` differ.
 */
export function equal(a: unknown, b: unknown): boolean {
  // NaN is no JSON, but Ajv holds it equal to itself; 0 and -0 are one number.
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a.constructor !== b.constructor) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal((a as Fields)[key], (b as Fields)[key]))
  );
}

type Fields = Readonly<Record<string, unknown>>;

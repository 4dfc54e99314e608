/**
 * The type of the elements of the array at a path of a payload (`x-split`); unknown where the payload's type does not
 * declare it. What is no array there has no elements.
 */
export type ElementAt<Value, Path extends readonly string[]> = unknown extends Value
  ? unknown
  : Path extends readonly [infer Key extends string, ...infer Rest extends readonly string[]]
    ? Value extends object
      ? Key extends keyof Value
        ? ElementAt<Value[Key], Rest>
        : unknown
      : never
    : Value extends readonly (infer Element)[]
      ? Element
      : never;

/** One rule that a value breaks, as Ajv's error objects tell it, without message and path in the schema. */
export interface ValidationError {
  /** JSON pointer to the place in the value; empty for the whole. */
  readonly instancePath: string;
  /** The keyword of JSON Schema, such as `required`. */
  readonly keyword: string;
  /** What the keyword asks for, such as `{ missingProperty: 'orderId' }`. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Tells whether a value is a valid `T`. After a refusal `errors` says why, until the next call. */
export interface Validator<T> {
  (value: unknown): value is T;
  /** Every rule that the value checked last breaks; null when it is valid. */
  errors?: readonly ValidationError[] | null | undefined;
}

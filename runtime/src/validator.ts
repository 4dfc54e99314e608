/** One rule that a value breaks, in the shape of Ajv's error objects (without the message). */
export interface ValidationError {
  /** JSON pointer to the place in the value; empty for the whole. */
  readonly instancePath: string;
  /** JSON pointer to the rule in the schema. */
  readonly schemaPath: string;
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

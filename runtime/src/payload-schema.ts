/** Marks a {@link PayloadSchema} with the type it describes. Exists in types only. */
declare const payloadOfSchema: unique symbol;

/**
 * The JSON Schema (draft-07) of payloads of type `Payload`, as generated: self-contained, every `$ref` is `#` or
 * `#/definitions/<key>`, with `examples` and `default` but without descriptions. Plain data that a bundle carries only
 * where it is used.
 */
export interface PayloadSchema<Payload> {
  readonly [keyword: string]: unknown;
  /** Exists in types only. */
  readonly [payloadOfSchema]?: Payload;
}

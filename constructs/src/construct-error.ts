/** Why a system cannot be built. */
export type ConstructErrorCode =
  | 'missing-handler'
  | 'unknown-handler'
  | 'missing-code'
  | 'unknown-code'
  | 'missing-stream'
  | 'missing-workflow'
  | 'unknown-workflow'
  | 'unknown-service'
  | 'unknown-consumer'
  | 'unknown-subscriber'
  | 'unknown-destination'
  | 'unknown-event'
  | 'ambiguous-event'
  | 'invalid-environment'
  | 'name-too-long'
  | 'duplicate-stack'
  | 'dynamic-reference'
  | 'duplicate-subscription'
  | 'impossible-route'
  | 'impossible-path'
  | 'missing-group'
  | 'invalid-secret'
  | 'missing-site'
  | 'incomplete-domain';

const brand = Symbol.for('eventloom.cdk.ConstructError');

/** Thrown while a system or a site is built from parts that are missing or do not fit together. */
export class ConstructError extends Error {
  override readonly name = 'ConstructError';
  readonly code: ConstructErrorCode;

  constructor(code: ConstructErrorCode, message: string) {
    super(message);
    this.code = code;
    Object.defineProperty(this, brand, { value: true });
  }

  /** Tells whether `value` is a `ConstructError`, also one of another copy of this package. */
  static is(value: unknown): value is ConstructError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

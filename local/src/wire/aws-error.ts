/** A request that AWS refuses. Thrown by operations, written to the wire by the protocol of the service. */
export class AwsError extends Error {
  /** The code, such as `QueueDoesNotExist`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** The code of the older query protocol where it differs; SQS sends it beside the other. */
  readonly queryCode: string;
  /** Further fields of the error, as the wire has them. */
  readonly details: object;

  constructor(
    code: string,
    message: string,
    options: { readonly status?: number; readonly queryCode?: string; readonly details?: object } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode ?? code;
    this.details = options.details ?? {};
  }
}

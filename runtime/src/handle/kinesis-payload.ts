/** What is read of a record of a Kinesis stream. */
export interface KinesisRecord {
  /** `data` is in base64. */
  readonly kinesis: { readonly data: string };
}

/**
 * The payload in a record that Lambda hands over from a Kinesis stream. Throws a `TypeError` for a record without data,
 * and a `SyntaxError` for data that is not JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function kinesisPayload(record: KinesisRecord): unknown {
  const data: unknown = Object(Object(record).kinesis).data;
  if (typeof data !== 'string') throw new TypeError('The record of Kinesis has no data');
  return JSON.parse(Buffer.from(data, 'base64').toString());
}

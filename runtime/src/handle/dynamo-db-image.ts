/** What is read of a record of a DynamoDB stream. */
export interface DynamoDbRecord {
  /** Which images there are says the stream's view type. */
  readonly dynamodb?: {
    readonly NewImage?: Readonly<Record<string, object>> | undefined;
    readonly OldImage?: Readonly<Record<string, object>> | undefined;
  };
}

/** A value of DynamoDB as JavaScript has it. */
export type DynamoDbValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | ReadonlySet<number | bigint | string | Uint8Array>
  | readonly DynamoDbValue[]
  | { readonly [name: string]: DynamoDbValue };

/**
 * The item in a record that Lambda hands over from a DynamoDB stream: after the change, or before it (`OldImage`).
 * Undefined when the record has none: a deleted item has no new image, and the stream's view type may leave one out.
 *
 * An integer that a `number` cannot hold exactly becomes a `bigint`, binary values (base64 in the record) bytes, sets
 * sets. Throws a `TypeError` for what is no attribute value.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function dynamoDbImage(
  record: DynamoDbRecord,
  image: 'NewImage' | 'OldImage' = 'NewImage',
): Readonly<Record<string, DynamoDbValue>> | undefined {
  const item: unknown = Object(Object(record).dynamodb)[image];
  return item == null ? undefined : mapOf(item);
}

type Read = (value: never) => DynamoDbValue;

const numberOf = (text: string): number | bigint => {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : BigInt(text);
};
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');
const mapOf = (map: object): Readonly<Record<string, DynamoDbValue>> =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, attributeValue(value)]));

const readers = /* @__PURE__ */ new Map<string, Read>(
  /* @__PURE__ */ Object.entries({
    S: (text: string) => text,
    N: numberOf,
    B: bytesOf,
    BOOL: (value: boolean) => value,
    NULL: () => null,
    L: (list: readonly object[]) => list.map(attributeValue),
    M: mapOf,
    SS: (texts: readonly string[]) => new Set(texts),
    NS: (texts: readonly string[]) => new Set(texts.map(numberOf)),
    BS: (texts: readonly string[]) => new Set(texts.map(bytesOf)),
  } satisfies Record<string, Read>),
);

function attributeValue(value: unknown): DynamoDbValue {
  const [type = '', content] = Object.entries(Object(value))[0] ?? [];
  const read = readers.get(type);
  if (read) return read(content as never);
  throw new TypeError(`This is no attribute value of DynamoDB: ${JSON.stringify(value)}`);
}

import { createHash } from 'node:crypto';

/** One message attribute as SNS and SQS carry it. */
export interface MessageAttribute {
  /** `String`, `Number`, `Binary`, `String.Array` (SNS) or one of the first three with a custom suffix such as `Number.int`. */
  readonly dataType: string;
  /** Null when the value is binary. */
  readonly stringValue: string | null;
  /** Base64; null when the value is text. */
  readonly binaryValue: string | null;
}

/** Message attributes by name. */
export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

/** The part of a message that all its copies share. */
export interface Content {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Size in bytes as SQS counts it: the body, and name, type and value of each attribute. */
  readonly bytes: number;
  readonly md5OfBody: string;
}

/** No attributes: what a message from EventBridge carries. */
export const noAttributes: MessageAttributes = new Map();

/** Makes the content of a message, measured and hashed once for all queues that it goes to. */
export function createContent(body: string, attributes: MessageAttributes = noAttributes): Content {
  let bytes = Buffer.byteLength(body);
  for (const [name, attribute] of attributes) bytes += attributeBytes(name, attribute);
  return { body, attributes, bytes, md5OfBody: createHash('md5').update(body).digest('hex') };
}

/** The size of one attribute in bytes: its name, its type and its value. */
export function attributeBytes(name: string, attribute: MessageAttribute): number {
  const value = attribute.stringValue ?? '';
  const binary = attribute.binaryValue === null ? 0 : Buffer.byteLength(attribute.binaryValue, 'base64');
  return Buffer.byteLength(name) + Buffer.byteLength(attribute.dataType) + Buffer.byteLength(value) + binary;
}

/**
 * The digest that SQS returns for attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const lengthPrefixed = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  const sorted = [...attributes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [name, { dataType, stringValue, binaryValue }] of sorted) {
    lengthPrefixed(Buffer.from(name));
    lengthPrefixed(Buffer.from(dataType));
    hash.update(Buffer.from([stringValue === null ? 2 : 1]));
    lengthPrefixed(stringValue === null ? Buffer.from(binaryValue ?? '', 'base64') : Buffer.from(stringValue));
  }
  return hash.digest('hex');
}

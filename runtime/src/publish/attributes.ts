import { queueMessageAttributes } from '@eventloom/engine';
import { partAttribute, partText } from '../carried.ts';
import type { HeaderDefinition } from '../definitions.ts';
import type { Attribute, Attributes } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';
import { ownValue, pointerNames } from './own-value.ts';

/**
 * The message attributes of an event: its headers and its correlation id, then `type`, `id`, `time` and `part`.
 * Throws a `PublishError` when a header is missing, of the wrong type or not what the payload says, when one has
 * characters that no message carries, or when they are too many to be carried.
 */
export function attributesOf(outgoing: Outgoing, id: string, time: Date): Attributes {
  const { event, options } = outgoing;
  const attributes: Attributes = Object.fromEntries([
    ...correlationAttribute(outgoing),
    ...event.headers.flatMap((header) => attributeOf(header, outgoing)),
    attribute('type', event.name),
    attribute('id', carriedText(outgoing, 'id', id)),
    attribute('time', time.toISOString()),
    ...(options.part ? [attribute(partAttribute, carriedText(outgoing, 'part', partText(options.part)))] : []),
  ]);
  const count = Object.keys(attributes).length;
  if (count <= queueMessageAttributes) return attributes;
  throw refuse(outgoing, 'too-many-attributes', `${count} attributes, of which ${queueMessageAttributes} are carried`);
}

/**
 * What the texts of messages and of their attributes cannot have.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageAttributeValue.html
 */
const uncarried = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The text of an attribute. Throws a `PublishError` for one that cannot be carried. */
function carriedText(outgoing: Outgoing, name: string, text: string, code = 'option-invalid'): string {
  if (!uncarried.test(text)) return `${text}`;
  throw refuse(outgoing, code, `${name} has characters that no message carries`);
}

const attribute = (name: string, StringValue: string, DataType = 'String'): [string, Attribute] => [
  name,
  { DataType, StringValue },
];

/** The header that `correlationId` points to; one that the caller or the payload fills stands in its place. */
function correlationAttribute(outgoing: Outgoing): [string, Attribute][] {
  const { correlationId } = outgoing.options;
  const { correlation } = outgoing.event;
  if (!correlationId || correlation?.in !== 'header') return [];
  const [name, ...deeper] = pointerNames(correlation.pointer);
  if (!name || deeper.length > 0) return [];
  return [attribute(name, carriedText(outgoing, 'correlationId', correlationId))];
}

/** Nothing for a header without a value: SNS and SQS refuse an attribute that is empty. */
function attributeOf(header: HeaderDefinition, outgoing: Outgoing): [string, Attribute][] {
  const { name, attributeType } = header;
  const given = ownValue(outgoing.options.headers, name);
  const own = ownValue(outgoing.payload, name);
  const value = given ?? own ?? '';
  const text = textOf(value, attributeType);
  if (given != null && own != null && text !== textOf(own, attributeType)) {
    throw refuse(outgoing, 'header-invalid', `header ${name} is not what the payload says`);
  }
  if (text) return [attribute(name, carriedText(outgoing, `header ${name}`, text, 'header-invalid'), attributeType)];
  if (value !== '') throw refuse(outgoing, 'header-invalid', `header ${name} must be a ${attributeType}`);
  if (header.required && correlationAttribute(outgoing)[0]?.[0] !== name) {
    throw refuse(outgoing, 'header-missing', `header ${name} has no value`);
  }
  return [];
}

/** The text of a value on the wire; undefined for a value of another type. */
function textOf(value: unknown, type: HeaderDefinition['attributeType']): string | undefined {
  if (type === 'String.Array') return Array.isArray(value) ? JSON.stringify(value) : undefined;
  if (type === 'Number') return Number.isFinite(value) ? `${value}` : undefined;
  return typeof value === 'object' ? undefined : `${value}`;
}

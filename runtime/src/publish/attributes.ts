import { queueMessageAttributes } from '@eventloom/engine';
import type { HeaderDefinition } from '../definitions.ts';
import type { Attribute, Attributes } from './entry.ts';
import { type Outgoing, refuse } from './outgoing.ts';
import { ownValue } from './own-value.ts';

/**
 * The message attributes of an event: its headers, then `type`, `id` and `time`.
 * Throws a `PublishError` when a header is missing or of the wrong type, or when they are too many to be carried.
 */
export function attributesOf(outgoing: Outgoing, id: string, time: Date): Attributes {
  const { event } = outgoing;
  const attributes: Attributes = Object.fromEntries([
    ...event.headers.flatMap((header) => attributeOf(header, outgoing)),
    attribute('type', event.name),
    attribute('id', id),
    attribute('time', time.toISOString()),
  ]);
  const count = Object.keys(attributes).length;
  if (count <= queueMessageAttributes) return attributes;
  throw refuse(outgoing, 'too-many-attributes', `${count} attributes, of which ${queueMessageAttributes} are carried`);
}

const attribute = (name: string, StringValue: string, DataType = 'String'): [string, Attribute] => [
  name,
  { DataType, StringValue },
];

/** Nothing for a header without a value: SNS and SQS refuse an attribute that is empty. */
function attributeOf({ name, attributeType, required }: HeaderDefinition, outgoing: Outgoing): [string, Attribute][] {
  const value = ownValue(outgoing.options.headers, name) ?? ownValue(outgoing.payload, name) ?? '';
  const text = textOf(value, attributeType);
  if (text) return [attribute(name, text, attributeType)];
  if (value !== '') throw refuse(outgoing, 'header-invalid', `header ${name} must be a ${attributeType}`);
  if (required) throw refuse(outgoing, 'header-missing', `header ${name} has no value`);
  return [];
}

/** The text of a value on the wire; undefined for a value of another type. */
function textOf(value: unknown, type: HeaderDefinition['attributeType']): string | undefined {
  if (type === 'String.Array') return Array.isArray(value) ? JSON.stringify(value) : undefined;
  if (type === 'Number') return Number.isFinite(value) ? `${value}` : undefined;
  return typeof value === 'object' ? undefined : `${value}`;
}

import { outboxTableVariable, tableItemBytes } from '@eventloom/engine';
import { addressOf, type Connection } from '../connection.ts';
import type { EventOptions } from '../publish/options.ts';
import type { Outgoing } from '../publish/outgoing.ts';
import { ownValue } from '../publish/own-value.ts';
import type { GivenEvent } from '../publish/publish-many.ts';

/** An attribute value of DynamoDB, of the two types that the outbox uses. */
export type OutboxAttribute = { S: string } | { N: string };

/** One of the `TransactItems` of DynamoDB's TransactWriteItems: the event as an item of the outbox table. */
export interface OutboxWrite {
  readonly Put: {
    readonly TableName: string;
    /** `id` is the identity that the event has from now on. */
    readonly Item: Record<string, OutboxAttribute> & { readonly id: { S: string } };
    /** An event of this id that is still in the outbox cancels the transaction. */
    readonly ConditionExpression: string;
  };
}

/** What of the options of an event waits with it; the headers too, since the payload may not have them. */
const keptOptions = ['correlationId', 'part', 'traceHeader', 'headers', 'groupId', 'deduplicationId'] as const;

/** When an event was put into the outbox, and how long it may wait there. */
export interface Waiting {
  readonly createdAt: Date;
  readonly keepSeconds: number;
}

/** An event as an item of the outbox table. Throws a `ConfigurationError` when the environment names no table. */
export function writeItem(
  connection: Connection,
  outgoing: Outgoing,
  { createdAt, keepSeconds }: Waiting,
): OutboxWrite {
  const { event, payload, options } = outgoing;
  const { id = crypto.randomUUID(), time = createdAt } = options;
  const Item = {
    id: { S: id },
    name: { S: event.name },
    source: { S: event.source },
    payload: { S: JSON.stringify(payload) },
    time: { S: time.toISOString() },
    options: { S: JSON.stringify(Object.fromEntries(keptOptions.map((name) => [name, options[name]]))) },
    createdAt: { S: createdAt.toISOString() },
    expiration: { N: String(Math.floor(createdAt.getTime() / 1_000) + keepSeconds) },
  };
  const TableName = addressOf(connection, outboxTableVariable);
  return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(id)' } };
}

/** Bytes of an item as DynamoDB counts them: names and values. */
export function itemBytes({ Put: { Item } }: OutboxWrite): number {
  const texts = Object.entries(Item).map(([name, value]) => name + ('S' in value ? value.S : value.N));
  return Buffer.byteLength(texts.join(''));
}

/** Characters of the reason that an item keeps when it can never be published; each takes three bytes at most. */
export const reasonCharacters = 300;

/** Bytes of an item at most: what DynamoDB allows, less room for the attribute `failed`. */
export const mostItemBytes: number = tableItemBytes - 'failed'.length - 3 * reasonCharacters;

/** Reads an item as the stream of the table shows it. Throws a `TypeError` that says what is wrong with it. */
export function readItem(image: unknown): GivenEvent & { readonly id: string } {
  const time = new Date(textOf(image, 'time'));
  if (Number.isNaN(time.getTime())) throw new TypeError(`time of the item is no time`);
  const options = jsonOf(image, 'options');
  const kept = keptOptions.map((name) => [name, ownValue(options, name)] as const);
  return {
    ...(Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as EventOptions),
    name: textOf(image, 'name'),
    source: textOf(image, 'source'),
    id: textOf(image, 'id'),
    payload: jsonOf(image, 'payload'),
    time,
    validate: false,
  };
}

/** The value of an attribute of type S. */
export function textOf(image: unknown, name: string): string {
  const text = ownValue(ownValue(image, name), 'S');
  if (typeof text === 'string' && text !== '') return text;
  throw new TypeError(`${name} of the item is no text`);
}

function jsonOf(image: unknown, name: string): unknown {
  const text = textOf(image, name);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`${name} of the item is no JSON`, { cause });
  }
}

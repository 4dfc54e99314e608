import { outboxTableVariable } from '@eventloom/engine';
import { systemClock } from '../clock.ts';
import { addressOf, type Connection, connect, type PublisherOptions } from '../connection.ts';
import type { PublishedEventDefinition, PublisherDefinition } from '../definitions.ts';
import type { EventOptions } from '../publish/options.ts';
import { type Outgoing, refuse, sentEvent } from '../publish/outgoing.ts';
import { encode, fit } from '../publish/prepare.ts';
import { callDynamoDb } from '../store/dynamo-db.ts';
import { itemBytes, mostItemBytes, type OutboxWrite, writeItem } from './outbox-item.ts';

/** Where an outbox finds its table, and how long events may wait there. */
export interface OutboxOptions extends PublisherOptions {
  /**
   * Seconds after which DynamoDB may remove an event that nothing has published. Default: 14 days. The relay removes
   * those that it has published.
   */
  readonly keepSeconds?: number | undefined;
}

/** What every outbox can do beside its operations, whose names no operation can have. */
export interface Outbox {
  /**
   * Writes items of one's own and events in one transaction: all of them or none. `items` are `TransactItems` of
   * DynamoDB's TransactWriteItems, in the notation of its plain client. Rejects with the SDK's error, such as a
   * `TransactionCanceledException`. At most 100 of both together, which DynamoDB checks.
   */
  $transact(items: readonly object[], events: readonly OutboxWrite[]): Promise<void>;
}

const secondsOfTwoWeeks = 14 * 24 * 60 * 60;

/**
 * Makes the outbox of a service: a method per operation, as its publisher has, which sends nothing but returns the event
 * as an item for a transaction of DynamoDB. What publishes it is the relay (`outboxRelay`).
 *
 * A method throws at once: a `ValidationFailure` for an invalid event, a `PublishError` for one that could not be
 * published or does not fit into an item (`event-too-large`). Throws a `ConfigurationError` at once when the environment
 * names no outbox table.
 */
export function createOutbox<P>(definition: PublisherDefinition, options: OutboxOptions = {}): P & Outbox {
  const connection = connect(options);
  addressOf(connection, outboxTableVariable);
  const { keepSeconds = secondsOfTwoWeeks } = options;
  const write = (outgoing: Outgoing): OutboxWrite => put(connection, outgoing, keepSeconds);
  const methods = Object.entries(definition.operations).map(([operation, events]) => [
    operation,
    methodOf(events, write),
  ]);
  const $transact: Outbox['$transact'] = (items, events) => transact(connection, [...items, ...events]);
  return { ...Object.fromEntries(methods), $transact } as P & Outbox;
}

type Write = (outgoing: Outgoing) => OutboxWrite;

function methodOf(events: readonly PublishedEventDefinition[], write: Write): unknown {
  const [event, ...others] = events;
  if (event && others.length === 0) {
    return (payload: unknown, options: EventOptions = {}) => write({ event, payload, options });
  }
  return (name: string, payload: unknown, options: EventOptions & { readonly source?: string } = {}) => {
    const event = sentEvent(events, { name, source: options.source, payload });
    return write({ event, payload, options });
  };
}

function put(connection: Connection, given: Outgoing, keepSeconds: number): OutboxWrite {
  const createdAt = (connection.clock ?? systemClock).now();
  const options = {
    ...given.options,
    id: given.options.id ?? crypto.randomUUID(),
    time: given.options.time ?? createdAt,
  };
  const encoded = encode(standIn(connection, given), { ...given, options });
  if (!given.event.claimCheck) fit(encoded);
  const item = writeItem(connection, encoded, { createdAt, keepSeconds });
  const bytes = itemBytes(item);
  if (bytes <= mostItemBytes) return item;
  throw refuse(given, 'event-too-large', `${bytes} bytes, of which an item of the outbox carries ${mostItemBytes}`);
}

/** The writer sends nothing, so its environment need not name the destination. */
function standIn(connection: Connection, { event }: Outgoing): Connection {
  const { environmentVariable } = event.destination;
  const address = connection.environment[environmentVariable] || (event.ordering == null ? 'outbox' : 'outbox.fifo');
  const environment = { ...connection.environment, [environmentVariable]: address };
  return { ...connection, environment };
}

async function transact(connection: Connection, items: readonly object[]): Promise<void> {
  await callDynamoDb(connection, (sdk) => new sdk.TransactWriteItemsCommand({ TransactItems: [...items] }));
}

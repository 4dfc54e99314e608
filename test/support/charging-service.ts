import type { AwsClient } from '../../runtime/src/connection.ts';
import type { HandlerContext } from '../../runtime/src/context.ts';
import type { ConsumerDefinition, EventDefinition } from '../../runtime/src/definitions.ts';
import type { ReceivedEvent } from '../../runtime/src/events.ts';
import type { Feature } from '../../runtime/src/feature.ts';
import { queueHandler } from '../../runtime/src/handle/queue-handler.ts';
import { idempotencyInMemory } from '../../runtime/src/idempotency/idempotency-in-memory.ts';
import { idempotent } from '../../runtime/src/idempotency/idempotent.ts';
import { invocationKey } from '../../runtime/src/invocation.ts';
import type { Stores } from '../../runtime/src/stores.ts';
import type { Validator } from '../../runtime/src/validator.ts';
import { dynamoDbInMemory } from './dynamo-db.ts';

type Handle = (event: ReceivedEvent<string, string, unknown>, context: HandlerContext) => unknown;

const anything = Object.assign((_value: unknown): _value is unknown => true, { errors: null }) as Validator<unknown>;
const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate: anything };

/** A consumer that charges an order once. */
export const consumer: ConsumerDefinition = {
  key: 'payments/charge',
  service: 'payments',
  consumer: 'charge',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [orderPlaced],
  emits: [],
  idempotency: { key: '/orderId', ttlSeconds: 3_600, replays: 'run' },
};

/** A message of its queue. */
export interface Message {
  readonly payload: unknown;
  readonly id?: string;
  readonly messageId?: string;
}

/** When its clock begins. */
export const start: number = Date.parse('2026-11-20T12:00:00Z');

/** A consumer whose store, clock and dead letters can be looked at. */
export function service(
  handle: Handle,
  { definition = consumer, inTable = false, features = [] as readonly Feature[] } = {},
) {
  const dynamoDb = dynamoDbInMemory();
  const clock = { milliseconds: start, now: () => new Date(clock.milliseconds), sleep: async () => {} };
  const deadLetters: { readonly code: string }[] = [];
  const failures: unknown[] = [];
  const lines: Record<string, unknown>[] = [];
  const sqs: AwsClient = {
    send: async (command) => {
      const { MessageAttributes } = (command as { input: Record<string, Record<string, { StringValue: string }>> })
        .input;
      deadLetters.push(JSON.parse(MessageAttributes?.['eventloom.failure']?.StringValue ?? ''));
    },
  };
  const handler = queueHandler(definition, handle, [...features, idempotent]);
  const stores: Stores | undefined = inTable ? undefined : { idempotency: idempotencyInMemory() };
  let made = 0;

  /** Delivers messages as one batch, and returns the ids of those that come again. */
  async function deliver(
    messages: readonly Message[],
    client: AwsClient = dynamoDb.client as never,
    remaining = 20_000,
  ) {
    const Records = messages.map(({ payload, id = 'event-1', messageId = `message-${made++}` }) => ({
      messageId,
      body: JSON.stringify(payload),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: { id: { stringValue: id, dataType: 'String' } },
    }));
    const response = await handler(
      { Records },
      {
        getRemainingTimeInMillis: () => remaining,
        [invocationKey]: {
          environment: { EVENTLOOM_TABLE_NAME: 'remembered', EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' },
          clients: { dynamoDb: client, sqs },
          clock,
          stores,
          log: (_level, line) => lines.push(JSON.parse(line)),
          features: [{ observe: (seen) => seen.kind === 'retried' && failures.push(seen.error) }],
        },
      },
    );
    return (response as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(
      ({ itemIdentifier }) => itemIdentifier,
    );
  }
  return { deliver, deadLetters, failures, lines, clock, dynamoDb };
}

/** The message of an order. */
export const order = (orderId: unknown, more: object = {}): Message => ({ payload: { orderId, ...more } });

/** Waits until it is told to go on. */
export function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

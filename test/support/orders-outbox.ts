import type {
  AwsClient,
  Clock,
  Environment,
  Outbox,
  OutboxRelayDefinition,
  OutboxWrite,
  PublisherDefinition,
  PublishOptions,
  Validator,
} from '@eventloom/runtime';
import { createOutbox, outboxRelay, toBus, toQueue } from '@eventloom/runtime';

const anObject: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as { readonly n?: unknown }).n === 'number';
    anObject.errors = valid ? null : [{ instancePath: '/n', keyword: 'type', params: {} }];
    return valid;
  },
  { errors: null as Validator<unknown>['errors'] },
);

const onBus = { source: 'shop.orders', validate: anObject, headers: [] };
const bus = { transport: toBus, environmentVariable: 'BUS' } as const;
const queue = { transport: toQueue, environmentVariable: 'QUEUE' } as const;
/** A service that sends to a bus and to a FIFO queue. */
export const definition: PublisherDefinition = {
  service: 'orders',
  operations: {
    placeOrder: [{ ...onBus, name: 'OrderPlaced', destination: bus }],
    work: [
      { ...onBus, name: 'Pick', destination: queue, ordering: '/n' },
      { ...onBus, name: 'Pack', destination: queue, ordering: '/n' },
    ],
  },
};

export const relayed: OutboxRelayDefinition<'orders'> = {
  service: 'orders',
  events: Object.values(definition.operations)
    .flat()
    .map(({ validate, ...event }) => event),
};

export interface OrdersOutbox extends Outbox {
  placeOrder(payload: object, options?: PublishOptions): OutboxWrite;
  work(name: string, payload: object, options?: PublishOptions): OutboxWrite;
}

/** Where everything of the service is. */
export const environment: Environment = {
  EVENTLOOM_OUTBOX_TABLE_NAME: 'outbox',
  EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/1/outbox-dead-letters',
  BUS: 'shop',
  QUEUE: 'https://sqs.eu-west-1.amazonaws.com/1/work.fifo',
};
export const now: Date = new Date('2026-11-25T12:00:00.123Z');
export const clock: Clock = { now: () => now, sleep: async () => {} };

/** The outbox of the service. */
export const outbox = (more: Partial<Environment> = {}): OrdersOutbox =>
  createOutbox<OrdersOutbox>(definition, { environment: { ...environment, ...more }, clock });

/** What the stream of the table says of items, in their order. */
export const streamOf = (...writes: readonly OutboxWrite[]): { Records: object[] } => ({
  Records: writes.map(({ Put: { Item } }, index) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `${index}`, Keys: { id: Item.id }, NewImage: Item },
  })),
});

export interface Aws {
  /** Returns the answer to an entry of PutEvents; throws what DynamoDB throws. */
  readonly entry?: (n: number) => object;
  readonly table?: (command: string, id: string) => unknown;
  /** Throws what SQS throws; may return its answer to a batch. */
  readonly queue?: (entries: readonly QueueEntry[]) => unknown;
}

export interface QueueEntry {
  readonly Id: string;
  readonly MessageBody: string;
}

export interface Sent {
  readonly name: string;
  readonly input: Record<string, never>;
}

/** Runs the relay over the stream. */
export async function relay(
  input: unknown,
  { entry = (n) => ({ EventId: `e-${n}` }), table = () => {}, queue: sqs = () => {} }: Aws = {},
) {
  const sent: Sent[] = [];
  const client = (answer: (name: string, input: never) => unknown): AwsClient => ({
    send: async (command) => {
      const { input } = command as { readonly input: Record<string, never> };
      sent.push({ name: command.constructor.name, input });
      return answer(command.constructor.name, input as never);
    },
  });
  const lines: { level: string; line: Record<string, unknown> }[] = [];
  const clients = {
    eventBridge: client((_, { Entries }: { Entries: { Detail: string }[] }) => ({
      Entries: Entries.map(({ Detail }) => entry(JSON.parse(Detail).n)),
    })),
    sqs: client(
      (_, { Entries = [] }: { Entries?: QueueEntry[] }) =>
        sqs(Entries) ?? { MessageId: 'm', Successful: Entries.map(({ Id }) => ({ Id, MessageId: 'm' })) },
    ),
    dynamoDb: client((name, { Key }: { Key: { id: { S: string } } }) => table(name, Key.id.S) ?? {}),
  };
  const handler = outboxRelay(relayed, { environment, clients, clock });
  const log = (level: string, line: string): void => {
    lines.push({ level, line: JSON.parse(line) });
  };
  const invocation = { environment, clients, clock, log };
  const answer = await handler(input, { [Symbol.for('eventloom.invocation')]: invocation } as never);
  const of = (name: string): Record<string, never>[] => sent.filter((one) => one.name === name).map((one) => one.input);
  return { answer, sent, lines, of, failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

export const published = ({ of }: Awaited<ReturnType<typeof relay>>): number[] =>
  of('PutEventsCommand').flatMap(({ Entries }) =>
    (Entries as unknown as { Detail: string }[]).map((one) => JSON.parse(one.Detail).n),
  );

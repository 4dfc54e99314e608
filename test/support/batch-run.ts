import {
  type AwsClient,
  type BusConsumerDefinition,
  type busQueueHandler,
  type ConsumerDefinition,
  type EventDefinition,
  emitting,
  type Feature,
  type HandlerContext,
  type Invocation,
  invocationKey,
  type LambdaContext,
  type PublishedEventDefinition,
  queueHandler,
  type ReceivedEvent,
  toBus,
  type Validator,
} from '@eventloom/runtime';

/** An event, whatever it is. */
export type AnyEvent = ReceivedEvent<string, string, unknown>;

const needsOrderId: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof value === 'object' && value !== null && 'orderId' in value;
    needsOrderId.errors = valid
      ? null
      : [{ instancePath: '', keyword: 'required', params: { missingProperty: 'orderId' } }];
    return valid;
  },
  { errors: undefined as Validator<unknown>['errors'] },
);

/** Comes over the bus. */
export const orderPlaced: EventDefinition = { name: 'OrderPlaced', source: 'shop.orders', validate: needsOrderId };
/** Comes by the topic. */
export const submitted: EventDefinition = { name: 'OrderSubmitted', source: 'submissions', validate: needsOrderId };

/** Of a consumer that is fed by a rule. */
export const definition: BusConsumerDefinition<'fraud/screen'> = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['eventbridge'],
  receives: [orderPlaced],
  emits: [],
};
/** Of a consumer that is fed by a topic. */
export const fromTopic: ConsumerDefinition = { ...definition, routes: ['sns'], receives: [submitted] };

/** An event of a bus as JSON. */
export const envelope = (detail: unknown, more: object = {}): string =>
  JSON.stringify({
    version: '0',
    id: 'envelope-1',
    'detail-type': 'OrderPlaced',
    source: 'shop.orders',
    account: '111122223333',
    time: '2026-11-20T18:43:48Z',
    region: 'eu-west-1',
    resources: [],
    detail,
    ...more,
  });

/** A message attribute. */
export const text = (stringValue: string) => ({
  stringValue,
  stringListValues: [],
  binaryListValues: [],
  dataType: 'String',
});
/** The attributes of `OrderSubmitted`. */
export const attributes = { type: text('OrderSubmitted'), id: text('id-1'), time: text('2026-11-20T18:43:48.123Z') };

/** A record as SQS hands it to Lambda. */
export const record = (messageId: string, body: string, more: object = {}): object => ({
  messageId,
  receiptHandle: 'AQEB',
  body,
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1545082649183', SenderId: 'AIDA' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:q',
  awsRegion: 'eu-west-1',
  ...more,
});

/** A record of a FIFO queue. */
export const inGroup = (messageId: string, body: string, MessageGroupId: string): object =>
  record(messageId, body, { attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1', MessageGroupId } });

/** What an invocation came to. */
export interface BatchRun {
  readonly response: unknown;
  readonly sent: readonly Record<string, unknown>[];
  readonly lines: readonly Record<string, unknown>[];
}

const defaults = { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq', BUS: 'shop' };

/** What differs from one invocation to another. */
export interface BatchRunOptions {
  /** Default: `queueHandler`. */
  readonly make?: typeof busQueueHandler;
  readonly definition?: ConsumerDefinition | undefined;
  readonly environment?: Invocation['environment'];
  readonly refuse?: Error;
  readonly lambda?: LambdaContext;
  readonly features?: readonly Feature[];
}

/** Invokes a handler with a batch; `sent` is what it sent to a queue or a bus. */
export async function runBatch(
  handle: (event: AnyEvent, context: HandlerContext) => void | Promise<void>,
  records: readonly unknown[],
  options: BatchRunOptions = {},
): Promise<BatchRun> {
  const sent: Record<string, unknown>[] = [];
  const lines: Record<string, unknown>[] = [];
  const client: AwsClient = {
    send: async (command) => {
      if (options.refuse) throw options.refuse;
      const { input } = command as { input: Record<string, unknown> };
      if (command.constructor.name !== 'ChangeMessageVisibilityBatchCommand') sent.push(input);
      return { Entries: [{ EventId: 'event-1' }] };
    },
  };
  const invocation: Invocation = {
    environment: { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q', ...(options.environment ?? defaults) },
    clients: { sqs: client, eventBridge: client },
    log: (_level, line) => lines.push(JSON.parse(line)),
  };
  const consumer = options.definition ?? definition;
  const features = [...(consumer.emits.length > 0 ? [emitting] : []), ...(options.features ?? [])];
  const handler = options.make
    ? options.make(consumer as BusConsumerDefinition, handle, features)
    : queueHandler(consumer, handle, features);
  const response = await handler({ Records: records }, { ...options.lambda, [invocationKey]: invocation });
  return { response, sent, lines };
}

/** The answer of Lambda with these message ids. */
export const failures = (...ids: (string | undefined)[]): object => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
export const order = (orderId: string): object => ({ orderId });
/** Fails the orders with these ids. */
export const failOn =
  (...ids: string[]) =>
  ({ payload }: AnyEvent): void => {
    if (ids.includes((payload as { orderId: string }).orderId)) throw new Error('down');
  };

/** What a consumer may publish. */
export const screened: PublishedEventDefinition = {
  name: 'Screened',
  source: 'shop.fraud',
  validate: needsOrderId,
  destination: { transport: toBus, environmentVariable: 'BUS' },
  headers: [],
};

import {
  type AwsClient,
  type Clock,
  type ConsumerDefinition,
  type Feature,
  invocationKey,
  queueHandler,
  type ReceivedEvent,
  type Validator,
} from '@eventloom/runtime';

/** A run of a handler with features, over a topic. */
export interface ObservedRun {
  /** Every line of the log, read. */
  readonly written: readonly Record<string, unknown>[];
  /** The input of every command sent to AWS. */
  readonly sent: readonly Record<string, unknown>[];
  readonly response: { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };
}

export interface RunOptions {
  readonly handle?: (event: ReceivedEvent<string, string, unknown>, context: never) => unknown;
  readonly definition?: Partial<ConsumerDefinition>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What AWS answers to the input of a command; undefined for a success. */
  readonly answer?: (input: Record<string, unknown>) => object | undefined;
  /** Until the deadline of the invocation. Default: there is none. */
  readonly remainingMilliseconds?: number | undefined;
  /** Null writes to standard output, as on Lambda. */
  readonly log?: null;
}

/** A validator that refuses null. */
export const notNull = ((value: unknown) => value !== null) as Validator<unknown>;

/** 1.5 seconds after the events of {@link record}. */
const clock: Clock = { now: () => new Date('2026-11-20T18:43:49.500Z'), sleep: async () => {} };

/** A record of SQS with an event of the topic, whose message id is that of the event. */
export function record(
  id: string,
  { payload = {}, time = '2026-11-20T18:43:48Z', more = {} }: RecordParts = {},
): object {
  const attributes = { type: 'OrderPlaced', id, time, ...more };
  return {
    messageId: id,
    body: JSON.stringify(payload),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]),
    ),
  };
}

interface RecordParts {
  readonly payload?: unknown;
  readonly time?: string;
  /** Further message attributes. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Invokes a handler that has these features with a batch of records. */
export async function observedRun(
  features: readonly Feature[],
  records: readonly object[],
  options: RunOptions = {},
): Promise<ObservedRun> {
  const written: Record<string, unknown>[] = [];
  const sent: Record<string, unknown>[] = [];
  const client: AwsClient = {
    send: async (command) => {
      const { input } = command as { readonly input: Record<string, unknown> };
      sent.push(input);
      const answer = options.answer?.(input);
      if (answer) return answer;
      const entries = (input.Entries ?? []) as readonly { readonly Id?: string }[];
      return { Entries: sent.map((_, index) => ({ EventId: `published-${index}` })), Successful: entries };
    },
  };
  const definition: ConsumerDefinition = {
    ...{ key: 'fraud/screen', service: 'fraud', consumer: 'screen', onInvalid: 'deadLetter', fifo: false },
    ...{ routes: ['sns'], receives: [{ name: 'OrderPlaced', source: 'shop.orders', validate: notNull }], emits: [] },
    ...options.definition,
  };
  const handler = queueHandler(definition, options.handle ?? (() => {}), features);
  const response = await handler(
    { Records: records },
    {
      awsRequestId: 'request-1',
      getRemainingTimeInMillis: () => options.remainingMilliseconds ?? Infinity,
      [invocationKey]: {
        environment: { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq', BUS: 'shop', ...options.environment },
        clients: { sqs: client, eventBridge: client, s3: client },
        clock,
        log: options.log === null ? undefined : (_level, line) => written.push(JSON.parse(line)),
      },
    },
  );
  return { written, sent, response: response as ObservedRun['response'] };
}

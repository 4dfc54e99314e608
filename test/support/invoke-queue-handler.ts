import {
  type ConsumerDefinition,
  type Invocation,
  invocationKey,
  type LambdaHandler,
  type ReceivedEvent,
} from '@eventloom/runtime';

/** An event, whatever it is. */
export type AnyEvent = ReceivedEvent<string, string, unknown>;

/** Of a consumer that reads a queue of its own. */
export const definition: ConsumerDefinition<'fraud/screen'> = {
  key: 'fraud/screen',
  service: 'fraud',
  consumer: 'screen',
  onInvalid: 'deadLetter',
  fifo: false,
  routes: ['sqs'],
  receives: [
    {
      name: 'Order',
      source: 'orders',
      validate: Object.assign((value: unknown): value is unknown => value !== null, {}),
    },
  ],
  emits: [],
};
export const fifo = { ...definition, fifo: true };

/** A record whose payload is its id. */
export const record = (
  messageId: string,
  more: { attempt?: number; group?: string; receiptHandle?: string; queue?: string } = {},
): object => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: JSON.stringify(messageId),
  attributes: { ApproximateReceiveCount: `${more.attempt ?? 1}`, SentTimestamp: '1', MessageGroupId: more.group },
  messageAttributes: {},
  eventSourceARN: more.queue,
  ...('receiptHandle' in more && { receiptHandle: more.receiptHandle }),
});

/** A request to change the visibility of messages. */
export interface VisibilityRequest {
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly ReceiptHandle: string;
    readonly VisibilityTimeout: number;
  }[];
}

/** What differs from one invocation to another. */
export interface InvokeOptions {
  readonly remainingMilliseconds?: number;
  readonly environment?: Invocation['environment'];
  readonly answer?: (request: VisibilityRequest) => unknown;
}

/** What an invocation does. */
export interface Invoked {
  readonly response: Promise<unknown>;
  readonly requests: readonly VisibilityRequest[];
  readonly lines: readonly Record<string, unknown>[];
  readonly notes: ReadonlyMap<string, unknown>;
  readonly delays: () => Record<string, number>;
}

/** Invokes a handler; `delays` says by receipt handle for how many seconds messages were hidden. */
export function invoke(handler: LambdaHandler, records: readonly object[], options: InvokeOptions = {}): Invoked {
  const requests: VisibilityRequest[] = [];
  const lines: Record<string, unknown>[] = [];
  const notes = new Map<string, unknown>();
  const deadline = Date.now() + (options.remainingMilliseconds ?? 0);
  const response = handler(
    { Records: records },
    {
      ...(options.remainingMilliseconds !== undefined && { getRemainingTimeInMillis: () => deadline - Date.now() }),
      [invocationKey]: {
        environment: options.environment ?? { EVENTLOOM_QUEUE_URL: 'https://sqs/1/q' },
        clients: {
          sqs: {
            send: async (command) => {
              const { input } = command as unknown as { input: VisibilityRequest };
              requests.push(input);
              return options.answer?.(input) ?? { Successful: [], Failed: [] };
            },
          },
        },
        log: (_level, line) => lines.push(JSON.parse(line)),
        features: [{ observe: (seen) => seen.kind === 'retried' && notes.set(seen.messageId, seen.error) }],
      },
    },
  );
  const delays = (): Record<string, number> =>
    Object.fromEntries(
      requests.flatMap(({ Entries }) => Entries.map((entry) => [entry.ReceiptHandle, entry.VisibilityTimeout])),
    );
  return { response, requests, lines, notes, delays };
}

export const failures = (...ids: string[]): object => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
/** `m-0`, `m-1` and so on. */
export const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `m-${index}`);
export const never = (): Promise<never> => new Promise(() => {});

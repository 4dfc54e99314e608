import type { AwsClient } from '../../runtime/src/connection.ts';
import type { PublishedEventDefinition } from '../../runtime/src/definitions.ts';
import type { PublishError } from '../../runtime/src/errors.ts';
import type { EventPublisher } from '../../runtime/src/publish/event-publisher.ts';
import type { PublishFeature } from '../../runtime/src/publish/publish-feature.ts';
import type { GivenEvent } from '../../runtime/src/publish/publish-many.ts';
import { createPublisher } from '../../runtime/src/publish/publisher.ts';
import { toBus } from '../../runtime/src/publish/to-bus.ts';
import { toQueue } from '../../runtime/src/publish/to-queue.ts';
import { toTopic } from '../../runtime/src/publish/to-topic.ts';
import type { Transport } from '../../runtime/src/publish/transport.ts';
import type { Validator } from '../../runtime/src/validator.ts';

/** What the events of {@link batchSystem} carry. */
export interface Payload {
  readonly n: number;
  readonly group?: string;
  readonly note?: string;
}

const numbered: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as Partial<Payload>).n === 'number';
    const error = { instancePath: '/n', keyword: 'type', params: { type: 'number' } };
    numbered.errors = valid ? null : [error];
    return valid;
  },
  { errors: null as Validator<unknown>['errors'] },
);

/** An event whose group is at `/group`. */
export const definitionOf = (
  name: string,
  transport: Transport,
  environmentVariable = name,
): PublishedEventDefinition => ({
  name,
  source: 'shop',
  validate: numbered,
  destination: { transport, environmentVariable },
  headers: [],
  ordering: '/group',
});

/**
 * An event for each destination, named like it, one that must be small, and one whose payload is kept elsewhere when its
 * entry is large.
 */
export const events = [
  definitionOf('Bus', toBus),
  definitionOf('OtherBus', toBus),
  definitionOf('Topic', toTopic),
  definitionOf('Queue', toQueue),
  definitionOf('FifoTopic', toTopic),
  definitionOf('FifoQueue', toQueue),
  { ...definitionOf('Small', toBus, 'Bus'), maximumBytes: 60 },
  { ...definitionOf('Claimed', toQueue, 'FifoQueue'), claimCheck: { aboveBytes: 200, keep: [] } },
];

/** Where they go. */
export const environment = {
  Bus: 'shop',
  OtherBus: 'other',
  Topic: 'arn:aws:sns:eu-west-1:1:t',
  Queue: 'https://sqs/1/q',
  FifoTopic: 'arn:aws:sns:eu-west-1:1:t.fifo',
  FifoQueue: 'https://sqs/1/q.fifo',
};

/** What becomes of the entry of event `n` at its so-manieth attempt: accepted when undefined. */
export type Verdict = (n: number, attempt: number) => 'again' | 'never' | 'silence' | undefined;

/** One request. */
export interface Sent {
  readonly command: string;
  readonly entries: readonly { readonly n: number; readonly group: string | undefined }[];
}

interface Part {
  readonly Id?: string;
  readonly Detail?: string;
  readonly Message?: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
}

/** AWS behind a publisher: every entry is judged by `verdict`, and what is accepted is kept. */
export function batchSystem({
  verdict = () => undefined,
  features = [],
  before,
}: {
  readonly verdict?: Verdict | undefined;
  readonly features?: readonly PublishFeature[];
  readonly before?: ((sent: Sent) => Promise<void> | void) | undefined;
} = {}) {
  const sent: Sent[] = [];
  const accepted: number[] = [];
  const attempts = new Map<number, number>();
  let time = 0;
  const passTime = (milliseconds: number): void => {
    time += milliseconds;
  };
  const client: AwsClient = {
    send: async (command, options) => {
      const { input } = command as { readonly input: Readonly<Record<string, readonly Part[]>> };
      const parts = input.Entries ?? input.PublishBatchRequestEntries ?? [];
      const payloads = parts.map(
        (part) => JSON.parse(part.Detail ?? part.Message ?? part.MessageBody ?? '') as Payload,
      );
      const entries = payloads.map(({ n }, index) => ({ n, group: parts[index]?.MessageGroupId }));
      const request = { command: command.constructor.name, entries };
      sent.push(request);
      await before?.(request);
      options?.abortSignal?.throwIfAborted();
      const judged = payloads.map(({ n }, index) => {
        const attempt = (attempts.get(n) ?? 0) + 1;
        attempts.set(n, attempt);
        const said = verdict(n, attempt);
        if (said === undefined) accepted.push(n);
        return { said, n, Id: parts[index]?.Id };
      });
      if (request.command === 'PutEventsCommand') {
        const code = { again: 'ThrottlingException', never: 'MalformedDetail', silence: undefined };
        return { Entries: judged.map(({ said, n }) => (said ? { ErrorCode: code[said] } : { EventId: `e${n}` })) };
      }
      return {
        Successful: judged.filter(({ said }) => said === undefined),
        Failed: judged
          .filter(({ said }) => said === 'again' || said === 'never')
          .map(({ said, Id }) => ({ Id, Code: said, SenderFault: said === 'never' })),
      };
    },
  };
  const publisher = createPublisher<EventPublisher<GivenEvent>>(
    { service: 's', operations: { all: events } },
    {
      environment,
      clients: { eventBridge: client, sns: client, sqs: client },
      clock: { now: () => new Date(time), sleep: async (milliseconds) => passTime(milliseconds) },
    },
    features,
  );
  return { publisher, sent, accepted, passTime };
}

/** An event of {@link events}. */
export const given = (name: string, n: number, more: object = {}): GivenEvent => ({ name, payload: { n, ...more } });
/** So many of them. */
export const many = (name: string, count: number): GivenEvent[] =>
  Array.from({ length: count }, (_, n) => given(name, n));
/** The numbers of the events in each request. */
export const numbersOf = (sent: readonly Sent[]): number[][] => sent.map(({ entries }) => entries.map(({ n }) => n));
/** The error that a call rejects with. */
export const thrown = (promise: Promise<unknown>): Promise<PublishError> =>
  promise.then(
    () => {
      throw new Error('It resolved');
    },
    (error) => error as PublishError,
  );

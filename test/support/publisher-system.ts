import type { AwsClient } from '../../runtime/src/connection.ts';
import type { PublishedEventDefinition } from '../../runtime/src/definitions.ts';
import type { PublishedEvent } from '../../runtime/src/events.ts';
import type { EventPublisher } from '../../runtime/src/publish/event-publisher.ts';
import type { PublishOptions } from '../../runtime/src/publish/options.ts';
import type { GivenEvent } from '../../runtime/src/publish/publish-many.ts';
import { createPublisher } from '../../runtime/src/publish/publisher.ts';
import { toBus } from '../../runtime/src/publish/to-bus.ts';
import { toQueue } from '../../runtime/src/publish/to-queue.ts';
import { toTopic } from '../../runtime/src/publish/to-topic.ts';
import type { Validator } from '../../runtime/src/validator.ts';

/** What {@link publisherSystem} makes. */
export interface Publisher extends EventPublisher<GivenEvent> {
  place(payload: unknown, options?: PublishOptions<Record<string, unknown>>): Promise<PublishedEvent>;
  change(name: string, payload: unknown): Promise<PublishedEvent>;
}

type Sent = { readonly name: string; readonly input: Record<string, unknown> };

/** A client that answers each command with the next of `answers` (an error is thrown) and keeps what was sent. */
export function fakeClient(...answers: unknown[]): AwsClient & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async (command: object): Promise<unknown> => {
    sent.push({ name: command.constructor.name, input: (command as { input: Sent['input'] }).input });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, send };
}

/** An answer that accepts one event, whatever the service. */
export const accepted = { MessageId: 'm-1', FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] };
/** An answer of EventBridge that refuses one event. */
export const refused = (ErrorCode: string): object => ({
  FailedEntryCount: 1,
  Entries: [{ ErrorCode, ErrorMessage: 'no' }],
});

const positive: Validator<unknown> = Object.assign(
  (value: unknown): value is unknown => {
    const valid = typeof (value as { total?: unknown }).total === 'number';
    positive.errors = valid
      ? null
      : [
          {
            instancePath: '/total',

            keyword: 'type',
            params: { type: 'number' },
          },
        ];
    return valid;
  },
  { errors: undefined as Validator<unknown>['errors'] },
);

/** An event whose payload has a numeric `total`, for each kind of destination. */
export const onBus: PublishedEventDefinition = {
  name: 'OrderPlaced',
  source: 'shop.orders',
  validate: positive,
  destination: { transport: toBus, environmentVariable: 'BUS' },
  headers: [],
};
export const onTopic: PublishedEventDefinition = {
  ...onBus,
  destination: { transport: toTopic, environmentVariable: 'TOPIC' },
};
export const onQueue: PublishedEventDefinition = {
  ...onBus,
  destination: { transport: toQueue, environmentVariable: 'QUEUE' },
};

/** Where they go. */
export const environment = { BUS: 'shop', TOPIC: 'arn:aws:sns:eu-west-1:1:orders', QUEUE: 'https://sqs/1/orders' };
/** The time of the clock. */
export const now = new Date('2026-11-20T18:43:48.123Z');

/** A publisher of an event, over a client, at another address if given; and how long it has waited. */
export function publisherSystem(
  event: PublishedEventDefinition,
  client: AwsClient = fakeClient(accepted),
  address?: string,
) {
  const slept: number[] = [];
  const clock = { now: () => now, sleep: async (milliseconds: number) => void slept.push(milliseconds) };
  const { environmentVariable } = event.destination;
  const publisher = createPublisher<Publisher>(
    { service: 'orders', operations: { place: [event], change: [event, { ...event, name: 'OrderChanged' }] } },
    {
      environment: { ...environment, ...(address && { [environmentVariable]: address }) },
      clients: { eventBridge: client, sns: client, sqs: client },
      clock,
    },
  );
  return { publisher, slept };
}

/** The error that a call rejects with. */
export const thrown = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => {
      throw new Error('It resolved');
    },
    (error) => error,
  );

import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expectTypeOf, test } from 'vitest';
import {
  type AwsClients,
  type EmittingContext,
  emitting,
  type HandlerModulesOf,
  type LambdaHandler,
  type PublishedEvent,
  type PublishOptions,
  queueHandler,
  type ReceivedEvent,
} from './index.ts';

describe('types', () => {
  test('clients of the AWS SDK are AwsClients as they are', () => {
    expectTypeOf<{ eventBridge: EventBridgeClient; sns: SNSClient; sqs: SQSClient }>().toExtend<AwsClients>();
  });

  test('a received event narrows its payload by its name', () => {
    const event = { name: 'A', source: 's', payload: { a: 1 }, id: '1', time: new Date(0) } as
      | ReceivedEvent<'A', 's', { readonly a: number }>
      | ReceivedEvent<'B', 's', { readonly b: string }>;
    if (event.name === 'A') expectTypeOf(event.payload).toEqualTypeOf<{ readonly a: number }>();
    else expectTypeOf(event.payload).toEqualTypeOf<{ readonly b: string }>();
  });

  test('a record of handlers misses none and takes none that belongs to another consumer', () => {
    interface Handlers {
      readonly 'a/one': LambdaHandler<'a/one'>;
      readonly 'a/two': LambdaHandler<'a/two'>;
    }
    type Modules = HandlerModulesOf<Handlers>;
    const load = async (): Promise<{ handler: LambdaHandler<'a/one'> }> => ({ handler: undefined as never });
    // @ts-expect-error a/two is missing
    const missing: Modules = { 'a/one': load };
    // @ts-expect-error a/two gets the handler of a/one
    const swapped: Modules = { 'a/one': load, 'a/two': load };
    expectTypeOf([missing, swapped]).toEqualTypeOf<Modules[]>();
  });

  test('headers of a message are typed', () => {
    type Publish = (
      payload: object,
      options?: PublishOptions<{ readonly market: 'eu' | 'us' }>,
    ) => Promise<PublishedEvent>;
    expectTypeOf<Parameters<Publish>[1]>().toExtend<{ headers?: { market?: 'eu' | 'us' } | undefined } | undefined>();
  });

  test('a handler keeps the key of its consumer', () => {
    const definition = {
      key: 'a/one',
      service: 'a',
      consumer: 'one',
      onInvalid: 'retry',
      fifo: false,
      routes: [],
      receives: [],
      emits: [],
    } as const;
    type Event = ReceivedEvent<'A', 's', { readonly a: number }>;
    const handle = (_event: Event, _context: EmittingContext<() => Promise<void>>): void => {};
    expectTypeOf(queueHandler(definition, handle, [emitting])).toEqualTypeOf<LambdaHandler<'a/one', Event>>();
  });
});

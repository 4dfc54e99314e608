import { describe, expect, test } from 'vitest';
import { environment, onBus, onQueue, onTopic } from '../../../test/support/publisher-system.ts';
import type { AwsClient } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { EventPublisher } from './event-publisher.ts';
import { createPublisher } from './publisher.ts';

const refusal = (name: string): Error => Object.assign(new Error('no'), { name });

/** Verifies a publisher of these events, where AWS throws what `refusals` has for a command; and what was asked. */
async function verify(events: readonly PublishedEventDefinition[], refusals: Readonly<Record<string, Error>> = {}) {
  const asked: [string, object][] = [];
  const client: AwsClient = {
    send: async (command) => {
      const { name } = command.constructor;
      asked.push([name, (command as { readonly input: object }).input]);
      if (refusals[name]) throw refusals[name];
      return {};
    },
  };
  const publisher = createPublisher<EventPublisher<never>>(
    { service: 'orders', operations: { place: events } },
    { environment, clients: { eventBridge: client, sns: client, sqs: client } },
  );
  const outcome = await publisher.$verify().then(
    () => 'found',
    (error: unknown) => error,
  );
  return { asked, outcome };
}

describe('$verify', () => {
  test.each([
    ['bus', onBus, 'DescribeEventBusCommand', { Name: environment.BUS }],
    ['topic', onTopic, 'GetTopicAttributesCommand', { TopicArn: environment.TOPIC }],
    ['queue', onQueue, 'GetQueueAttributesCommand', { QueueUrl: environment.QUEUE, AttributeNames: ['QueueArn'] }],
  ])('asks AWS for the %s, once for all events that go there', async (_, event, command, input) => {
    const { asked, outcome } = await verify([event, { ...event, name: 'OrderChanged' }]);
    expect(outcome).toBe('found');
    expect(asked).toEqual([[command, input]]);
  });

  test('asks for all, and lists those that are missing or not shown, each with what AWS said', async () => {
    const missing = refusal('ResourceNotFoundException');
    const denied = refusal('AccessDeniedException');
    const { asked, outcome } = await verify([onBus, onTopic, onQueue], {
      DescribeEventBusCommand: missing,
      GetQueueAttributesCommand: denied,
    });
    expect(asked).toHaveLength(3);
    expect(outcome).toMatchObject({
      name: 'ConfigurationError',
      code: 'missing-destination',
      variable: 'BUS',
      message:
        'AWS does not show bus shop of BUS (ResourceNotFoundException: no), ' +
        'queue https://sqs/1/orders of QUEUE (AccessDeniedException: no)',
    });
    expect((outcome as { missing: unknown }).missing).toEqual([
      { kind: 'bus', variable: 'BUS', address: 'shop', cause: missing },
      { kind: 'queue', variable: 'QUEUE', address: environment.QUEUE, cause: denied },
    ]);
  });
});

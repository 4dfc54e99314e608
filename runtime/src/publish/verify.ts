import { addressOf, type Connection } from '../connection.ts';
import type { DestinationDefinition, PublishedEventDefinition } from '../definitions.ts';
import { ConfigurationError, type MissingDestination } from '../errors.ts';
import { busClient } from './bus-client.ts';
import { queueClient } from './queue-client.ts';
import { topicClient } from './topic-client.ts';

/** Asks AWS for the destination of every event. Rejects with a `ConfigurationError` that lists those not found. */
export async function verify(connection: Connection, events: readonly PublishedEventDefinition[]): Promise<void> {
  const destinations = new Map(events.map(({ destination }) => [destination.environmentVariable, destination]));
  const found = await Promise.all([...destinations.values()].map((destination) => lookFor(connection, destination)));
  const missing = found.flat();
  const [first] = missing;
  if (first === undefined) return;
  const list = missing.map(({ kind, address, variable, cause }) => `${kind} ${address} of ${variable} (${cause})`);
  throw new ConfigurationError(first.variable, `AWS does not show ${list.join(', ')}`, missing, 'missing-destination');
}

async function lookFor(
  connection: Connection,
  { kind, environmentVariable: variable }: DestinationDefinition,
): Promise<MissingDestination[]> {
  const address = addressOf(connection, variable);
  try {
    await ask[kind](connection, address);
    return [];
  } catch (cause) {
    return [{ kind, variable, address, cause }];
  }
}

const ask = {
  bus: async (connection: Connection, Name: string): Promise<unknown> => {
    const { DescribeEventBusCommand } = await import('@aws-sdk/client-eventbridge');
    return (await busClient(connection)).send(new DescribeEventBusCommand({ Name }));
  },
  topic: async (connection: Connection, TopicArn: string): Promise<unknown> => {
    const { GetTopicAttributesCommand } = await import('@aws-sdk/client-sns');
    return (await topicClient(connection)).send(new GetTopicAttributesCommand({ TopicArn }));
  },
  queue: async (connection: Connection, QueueUrl: string): Promise<unknown> => {
    const { GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
    return (await queueClient(connection)).send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
  },
};

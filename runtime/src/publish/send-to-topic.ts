import type { Connection } from '../connection.ts';
import type { TopicMessage } from './entry.ts';
import { topicClient } from './topic-client.ts';

/** Publishes to a topic. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToTopic(connection: Connection, input: TopicMessage): Promise<void> {
  const { PublishCommand } = await import('@aws-sdk/client-sns');
  await (await topicClient(connection)).send(new PublishCommand(input));
}

import type { AwsClient, Connection } from '../connection.ts';
import type { TopicMessage } from './entry.ts';

/** Publishes to a topic. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToTopic({ clients }: Connection, input: TopicMessage): Promise<void> {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  clients.sns ??= new SNSClient({}) as AwsClient;
  await clients.sns.send(new PublishCommand(input));
}

import type { AwsClient, Connection } from '../connection.ts';
import type { TopicMessage } from './entry.ts';

/**
 * Publishes to a topic. Rejects with the SDK's error, after the SDK's own retries; or as `unconfirmed` when the answer
 * has no message id: the SDK takes any XML, and no body at all, for the answer of SNS.
 */
export async function sendToTopic({ clients }: Connection, input: TopicMessage): Promise<void> {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  clients.sns ??= new SNSClient({}) as AwsClient;
  const answer = await clients.sns.send(new PublishCommand(input));
  if ((answer as { readonly MessageId?: string } | undefined)?.MessageId) return;
  throw Object.assign(new Error('SNS did not say what became of it'), { name: 'unconfirmed' });
}

import type { Connection } from '../connection.ts';
import type { TopicMessage } from './entry.ts';
import { topicClient } from './topic-client.ts';

/**
 * Publishes to a topic. Rejects with the SDK's error, after the SDK's own retries; or as `unconfirmed` when the answer
 * has no message id: the SDK takes any XML, and no body at all, for the answer of SNS.
 */
export async function sendToTopic(connection: Connection, input: TopicMessage): Promise<void> {
  const { PublishCommand } = await import('@aws-sdk/client-sns');
  const answer = await (await topicClient(connection)).send(new PublishCommand(input));
  if ((answer as { readonly MessageId?: string } | undefined)?.MessageId) return;
  throw Object.assign(new Error('SNS did not say what became of it'), { name: 'unconfirmed' });
}

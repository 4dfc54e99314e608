import type { Connection } from '../connection.ts';
import { sendCommand } from './cut.ts';
import type { QueueMessage } from './entry.ts';
import { queueClient } from './queue-client.ts';

/**
 * Sends to a queue; true when SQS says that it has the message. Rejects with the SDK's error, after the SDK's own retries.
 */
export async function sendToQueue(connection: Connection, input: QueueMessage, signal?: AbortSignal): Promise<boolean> {
  const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
  const command = new SendMessageCommand(input);
  const answer = await sendCommand(await queueClient(connection), command, signal);
  return Boolean((answer as { readonly MessageId?: string } | undefined)?.MessageId);
}

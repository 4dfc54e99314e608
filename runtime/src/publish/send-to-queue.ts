import type { Connection } from '../connection.ts';
import type { QueueMessage } from './entry.ts';
import { queueClient } from './queue-client.ts';

/** Sends to a queue. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToQueue(connection: Connection, input: QueueMessage): Promise<void> {
  const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
  await (await queueClient(connection)).send(new SendMessageCommand(input));
}

import type { Connection, RequestOptions } from '../connection.ts';
import { sendCommand } from './cut.ts';
import type { QueueMessage } from './entry.ts';
import { queueClient } from './queue-client.ts';

/** Sends to a queue. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToQueue(
  connection: Connection,
  input: QueueMessage,
  options?: RequestOptions,
): Promise<void> {
  const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
  await sendCommand(await queueClient(connection), new SendMessageCommand(input), options?.abortSignal);
}

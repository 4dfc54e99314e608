import type { Connection } from '../connection.ts';
import { callSqs } from '../sqs-client.ts';
import type { QueueMessage } from './entry.ts';

/** Sends to a queue. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToQueue(connection: Connection, input: QueueMessage): Promise<void> {
  await callSqs(connection, (sdk) => new sdk.SendMessageCommand(input));
}

import type { Connection } from './connection.ts';
import { queueClient } from './publish/queue-client.ts';

type Sdk = typeof import('@aws-sdk/client-sqs');

/** Sends a command to SQS. Imports the SDK, and makes the client if the connection has none, when first needed. */
export async function callSqs(connection: Connection, commandOf: (sdk: Sdk) => object): Promise<unknown> {
  const client = await queueClient(connection);
  return client.send(commandOf(await import('@aws-sdk/client-sqs')));
}

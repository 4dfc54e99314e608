import type { AwsClient, Connection } from '../connection.ts';
import { sqsClient } from '../sqs-client.ts';

/** The client of SQS, imported and made when first needed. */
export async function queueClient(connection: Connection): Promise<AwsClient> {
  return connection.clients.sqs ?? sqsClient(connection, await import('@aws-sdk/client-sqs'));
}

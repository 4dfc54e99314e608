import type { AwsClient, Connection } from '../connection.ts';
import type { QueueMessage } from './entry.ts';

/** Sends to a queue. Rejects with the SDK's error, after the SDK's own retries. */
export async function sendToQueue({ clients }: Connection, input: QueueMessage): Promise<void> {
  const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  clients.sqs ??= new SQSClient({ useQueueUrlAsEndpoint: !hasOtherEndpoint(process.env) }) as AwsClient;
  await clients.sqs.send(new SendMessageCommand(input));
}

/**
 * The client sends to the host of the queue's URL and not to the endpoint that the environment sets, unless told
 * otherwise: a run against an emulator would reach the real service.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function hasOtherEndpoint({ AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL }: NodeJS.ProcessEnv): boolean {
  return Boolean(AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL);
}

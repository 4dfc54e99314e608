import type { AwsClient, Connection } from '../connection.ts';

/** The client of SQS, imported and made when first needed. */
export async function queueClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.sqs) return clients.sqs;
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  // The client sends to the host of the queue's URL and not to the endpoint that the environment sets, unless told
  // otherwise: a run against an emulator would reach the real service.
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL } = process.env;
  clients.sqs ??= new SQSClient({ useQueueUrlAsEndpoint: !(AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL) }) as AwsClient;
  return clients.sqs;
}

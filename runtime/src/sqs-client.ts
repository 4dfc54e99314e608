import type { AwsClient, Connection } from './connection.ts';

type Sdk = typeof import('@aws-sdk/client-sqs');

/** Sends a command to SQS. Imports the SDK, and makes the client if the connection has none, when first needed. */
export async function callSqs({ clients }: Connection, commandOf: (sdk: Sdk) => object): Promise<unknown> {
  const sdk = await import('@aws-sdk/client-sqs');
  clients.sqs ??= new sdk.SQSClient({ useQueueUrlAsEndpoint: !hasOtherEndpoint(process.env) }) as AwsClient;
  return clients.sqs.send(commandOf(sdk));
}

/**
 * The client sends to the host of the queue's URL and not to the endpoint that the environment sets, unless told
 * otherwise: a run against an emulator would reach the real service.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function hasOtherEndpoint({ AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL }: NodeJS.ProcessEnv): boolean {
  return Boolean(AWS_ENDPOINT_URL_SQS ?? AWS_ENDPOINT_URL);
}

import type { ChangeMessageVisibilityBatchCommandInput, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { type AwsClient, addressOf, type Connection } from './connection.ts';

type Sdk = typeof import('@aws-sdk/client-sqs');

/** What handlers do with a queue, and the input of each beside the queue's URL. */
interface QueueCalls {
  readonly SendMessage: Omit<SendMessageCommandInput, 'QueueUrl'>;
  readonly ChangeMessageVisibilityBatch: Omit<ChangeMessageVisibilityBatchCommandInput, 'QueueUrl'>;
}

/**
 * Sends a command to the queue whose URL the environment holds. Imports the SDK, and makes the client if the connection
 * has none, when first needed. Rejects with a `ConfigurationError` when the variable is missing.
 */
export async function callQueue<Name extends keyof QueueCalls>(
  connection: Connection,
  variable: string,
  name: Name,
  input: QueueCalls[Name],
): Promise<unknown> {
  const sdk = await import('@aws-sdk/client-sqs');
  return sqsClient(connection, sdk).send(
    new (sdk[`${name}Command`] as new (input: object) => object)({
      QueueUrl: addressOf(connection, variable),
      ...input,
    }),
  );
}

/** The client of SQS of a connection, made when first needed. */
export function sqsClient({ clients, environment }: Connection, sdk: Sdk): AwsClient {
  // The client sends to the host of the queue's URL and not to the endpoint that the environment sets, unless told
  // otherwise: a run against an emulator would reach the real service.
  // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  clients.sqs ??= new sdk.SQSClient({
    useQueueUrlAsEndpoint: !(environment.AWS_ENDPOINT_URL_SQS ?? environment.AWS_ENDPOINT_URL),
  }) as AwsClient;
  return clients.sqs;
}

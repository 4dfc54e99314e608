import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Caller } from '../state/caller.ts';
import { callerKey, type LocalRequestHandler } from './request-handler.ts';

/** Clients of the AWS SDK v3 that talk to the local system. */
export interface LocalClients {
  readonly dynamoDb: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/** Makes real clients over a request handler. Requests are not signed, and nothing of the machine is read. */
export function createClients(region: string, requestHandler: LocalRequestHandler): LocalClients {
  const config = {
    region,
    requestHandler,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    signer: { sign: async <T>(request: T): Promise<T> => request },
    retryStrategy: createRetryStrategy(),
    defaultsMode: 'standard',
    retryMode: 'standard',
    maxAttempts: async () => attempts,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: '',
  } as const;
  return {
    dynamoDb: new DynamoDBClient({
      ...config,
      accountIdEndpointMode: 'disabled',
      endpointDiscoveryEnabled: false,
    }),
    eventBridge: new EventBridgeClient(config),
    s3: new S3Client({
      ...config,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_SUPPORTED',
      responseChecksumValidation: 'WHEN_SUPPORTED',
      useArnRegion: false,
      disableMultiregionAccessPoints: true,
      disableS3ExpressSessionAuth: true,
    }),
    sns: new SNSClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  };
}

/** The same clients, their requests being those of `caller`. */
export function clientsOf(clients: LocalClients, caller: Caller): LocalClients {
  return {
    dynamoDb: calledBy(clients.dynamoDb, caller),
    eventBridge: calledBy(clients.eventBridge, caller),
    s3: calledBy(clients.s3, caller),
    sns: calledBy(clients.sns, caller),
    sqs: calledBy(clients.sqs, caller),
  };
}

/** A client that inherits all but `send`; the SDK hands the options of `send` on to the request handler. */
function calledBy<Client extends { send(command: never, options?: object): unknown }>(
  client: Client,
  caller: Caller,
): Client {
  const send = (command: never, options?: object) => client.send(command, { ...options, [callerKey]: caller });
  return Object.create(client, { send: { value: send } }) as Client;
}

const attempts = 3;

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

/** The SDK's standard strategy, without its delays: a call is tried three times when it fails for want of a server. */
function createRetryStrategy() {
  const token = (count: number): RetryToken => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  return {
    mode: 'standard',
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (last: RetryToken, { errorType }: { readonly errorType: string }) => {
      const count = last.getRetryCount() + 1;
      if (count >= attempts || errorType === 'CLIENT_ERROR') throw new Error('No further attempt');
      return token(count);
    },
    recordSuccess: () => {},
  };
}

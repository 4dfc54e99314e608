import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Caller } from '../state/caller.ts';
import { callerKey, type LocalRequestHandler } from './request-handler.ts';

/** Clients of the AWS SDK v3 that talk to the local system. */
export interface LocalClients {
  readonly dynamoDb: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/**
 * Makes real clients over a request handler. Requests are not signed, and nothing of the machine is read. What the SDK
 * does for AWS's statistics alone is left out, and how it sends a command is worked out once for each kind of command.
 * @param attempts Tries of one call in all. Default: 3, as the SDK's.
 */
export function createClients(
  region: string,
  requestHandler: LocalRequestHandler,
  attempts: number = standardAttempts,
): LocalClients {
  const config = {
    region,
    requestHandler,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    signer: { sign: async <T>(request: T): Promise<T> => request },
    retryStrategy: createRetryStrategy(attempts),
    defaultsMode: 'standard',
    retryMode: 'standard',
    maxAttempts: async () => attempts,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: '',
    cacheMiddleware: true,
  } as const;
  const clients = {
    dynamoDb: new DynamoDBClient({
      ...config,
      accountIdEndpointMode: 'disabled',
      endpointDiscoveryEnabled: false,
    }),
    eventBridge: new EventBridgeClient(config),
    lambda: new LambdaClient(config),
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
  for (const client of Object.values(clients)) {
    sendAlike(client);
    const stack = client.middlewareStack as unknown as LocalStack;
    for (const name of statistics) stack.remove(name);
    tellCallers(stack);
  }
  return clients;
}

/**
 * Has a client send without options when these hold nothing but a signal, which means nothing here: requests take no
 * time. The SDK would forget what it worked out.
 */
function sendAlike(client: object): void {
  const { send } = client as { send(command: object, ...rest: unknown[]): unknown };
  Object.assign(client, {
    send: (command: object, options?: unknown, ...rest: unknown[]) => {
      const isPlain = Object.keys(Object(options)).every((name) => name === 'abortSignal');
      return send.call(client, command, isPlain && typeof options !== 'function' ? undefined : options, ...rest);
    },
  });
}

/** Middleware that adds headers about the process: its user agent, and the Lambda function that it would be. */
const statistics = ['getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/** The same clients, their requests being those of `caller`. */
export function clientsOf(clients: LocalClients, caller: Caller): LocalClients {
  return {
    dynamoDb: calledBy(clients.dynamoDb, caller),
    eventBridge: calledBy(clients.eventBridge, caller),
    lambda: calledBy(clients.lambda, caller),
    s3: calledBy(clients.s3, caller),
    sns: calledBy(clients.sns, caller),
    sqs: calledBy(clients.sqs, caller),
  };
}

/** A client that inherits all but `send`. */
function calledBy<Client extends { send(command: never, options?: object): unknown }>(
  client: Client,
  caller: Caller,
): Client {
  const send = (command: object, options?: object) => {
    callers.set(command, caller);
    return client.send(command as never, options);
  };
  return Object.create(client, { send: { value: send } }) as Client;
}

/** Who sends a command: options of `send` would keep the SDK from using again what it worked out for such commands. */
const callers = new WeakMap<object, Caller>();

/** What the stacks of all clients have in common. */
interface LocalStack {
  remove(name: string): boolean;
  add(middleware: (next: Next) => Next, options: object): void;
}

type Next = (args: Passing) => Promise<unknown>;

/** What goes through a stack: the command at first, then copies of it with the request. */
interface Passing {
  readonly [callerKey]?: Caller | undefined;
  readonly request?: { [callerKey]?: Caller | undefined };
}

/** Has requests say who sent their command. */
function tellCallers(stack: LocalStack): void {
  stack.add((next) => (command) => next({ ...command, [callerKey]: callers.get(command) }), {
    name: 'callerOfCommand',
    step: 'initialize',
    priority: 'high',
  });
  stack.add(
    (next) => (passing) => {
      if (passing.request) passing.request[callerKey] = passing[callerKey];
      return next(passing);
    },
    {
      name: 'callerOfRequest',
      step: 'finalizeRequest',
      priority: 'low',
    },
  );
}

const standardAttempts = 3;

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

/** The SDK's standard strategy, without its delays: a call is tried again when it fails for want of a server. */
function createRetryStrategy(attempts: number) {
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

import type { Clock } from './clock.ts';
import { ConfigurationError } from './errors.ts';
import type { Stores } from './stores.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is said about one request. */
export interface RequestOptions {
  readonly abortSignal?: AbortSignal;
}

/** What is used of a client of the AWS SDK v3. */
export interface AwsClient {
  send(command: object, options?: RequestOptions): Promise<unknown>;
}

/** Clients of the AWS SDK v3. A missing one is made with its defaults when first needed. */
export interface AwsClients {
  /** Of `@aws-sdk/client-eventbridge`: for buses. */
  readonly eventBridge?: AwsClient | undefined;
  /** Of `@aws-sdk/client-sns`: for topics. */
  readonly sns?: AwsClient | undefined;
  /** Of `@aws-sdk/client-sqs`: for queues, dead letters and delays. */
  readonly sqs?: AwsClient | undefined;
  /** Of `@aws-sdk/client-dynamodb`: for what handlers remember, and the outbox. */
  readonly dynamoDb?: AwsClient | undefined;
  /** Of `@aws-sdk/client-lambda`: for direct calls. */
  readonly lambda?: AwsClient | undefined;
  /** Of `@aws-sdk/client-s3`: for claims. */
  readonly s3?: AwsClient | undefined;
}

/** Where a publisher finds its destinations and clients. */
export interface PublisherOptions {
  /** Default: `process.env`. */
  readonly environment?: Environment | undefined;
  /** Default: clients with the SDK's defaults, each imported and made when first needed. */
  readonly clients?: AwsClients | undefined;
  /** Default: the time of the machine. */
  readonly clock?: Clock | undefined;
  /** Where features remember. Default: the service's DynamoDB table. */
  readonly stores?: Stores | undefined;
}

/** The AWS that one publisher or handler talks to. Holds the clients made so far. */
export interface Connection {
  readonly environment: Environment;
  readonly clients: { -readonly [Client in keyof AwsClients]: AwsClients[Client] };
  /** Undefined: the time of the machine. */
  readonly clock?: Clock | undefined;
  /** Undefined: the service's DynamoDB table. */
  readonly stores?: Stores | undefined;
}

/** Makes a connection; no client is made yet. */
export function connect(options: PublisherOptions = {}): Connection {
  return { ...options, environment: options.environment ?? process.env, clients: { ...options.clients } };
}

/**
 * The value of an environment variable that says where something is.
 * Throws a {@link ConfigurationError} when it is missing or empty.
 */
export function addressOf({ environment }: Connection, variable: string): string {
  const address = environment[variable];
  if (address) return address;
  throw new ConfigurationError(variable);
}

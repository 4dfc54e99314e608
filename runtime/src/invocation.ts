import type { Clock } from './clock.ts';
import type { AwsClients, Environment } from './connection.ts';
import type { ConsumerDefinition } from './definitions.ts';
import type { EmittedEvent, ReceivedEvent } from './events.ts';
import type { Feature } from './feature.ts';
import type { Stores } from './stores.ts';

/**
 * The key in a Lambda context under which whoever runs a handler puts its {@link Invocation}. A registered symbol, so
 * that two copies of this package agree on it.
 */
export const invocationKey: unique symbol = Symbol.for('eventloom.invocation');

/** What a local run gives a handler instead of Lambda's environment; preferred over `process.env` and default clients. */
export interface Invocation {
  readonly environment: Environment;
  readonly clients: AwsClients;
  /** Default: the time of the machine. */
  readonly clock?: Clock | undefined;
  /** Where features remember. Default: the service's DynamoDB table. */
  readonly stores?: Stores | undefined;
  /** Deliveries so far of an asynchronous invocation, this one included. Lambda does not tell; default 1. */
  readonly attempt?: number | undefined;
  /** Takes the lines of the handler's logger, and those of `metrics`. Default: standard output. */
  readonly log?: ((level: LogLevel, line: string) => void) | undefined;
  /** Clients for the work on one message of a batch, so that what it publishes is known to be its effect. */
  readonly clientsFor?: ((messageId: string) => AwsClients) | undefined;
  /** Is told by the relay of an outbox why an item comes again. Handlers tell their features. */
  readonly noteFailure?: ((messageId: string, error: unknown) => void) | undefined;
  /** Features of whoever runs the handler, inside of its own: they see each call of the user's function. */
  readonly features?: readonly Feature[] | undefined;
}

/** How much a line of the log matters, from least to most; `AWS_LAMBDA_LOG_LEVEL` names it in capitals. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What this runtime reads of Lambda's context object; all of it may be absent. */
export interface LambdaContext {
  readonly awsRequestId?: string;
  readonly invokedFunctionArn?: string;
  readonly functionVersion?: string;
  getRemainingTimeInMillis?(): number;
  readonly [invocationKey]?: Invocation;
}

/** Marks a {@link LambdaHandler} with the events that it receives. Exists in types only. */
declare const receivedEvent: unique symbol;

/** Marks a {@link LambdaHandler} with the events that it may publish. Exists in types only. */
declare const emittedEvent: unique symbol;

/**
 * A function for Lambda that belongs to the consumer `Key`, receives events of type `Event` and publishes events of type
 * `Emitted`. A factory of the runtime does not know the last; generated code says it.
 */
export type LambdaHandler<
  Key extends string = string,
  Event extends ReceivedEvent<string, string, unknown> = ReceivedEvent<string, string, unknown>,
  Emitted extends EmittedEvent<string, string, unknown> = EmittedEvent<string, string, unknown>,
> = ((event: unknown, context: LambdaContext) => Promise<unknown>) & {
  readonly consumer: Key;
  readonly definition: ConsumerDefinition<Key>;
  /** Whether it takes batches of a queue or what a rule or a subscription hands over. */
  readonly delivery: 'queue' | 'function';
  readonly [receivedEvent]?: Event;
  // A method, whose parameters TypeScript compares both ways.
  [emittedEvent]?(event: Emitted): void;
};

/** Modules with a `handler` each, loaded when called: one for every key of `Handlers`. */
export type HandlerModulesOf<Handlers> = {
  readonly [Key in keyof Handlers]: () => Promise<{ readonly handler: Handlers[Key] }>;
};

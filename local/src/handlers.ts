import type { Invocation, LambdaContext } from '@eventloom/runtime';

/** A module with a Lambda handler. */
export interface HandlerModule {
  handler(event: unknown, context: LocalLambdaContext): unknown;
}

/** Modules by the key of a consumer or of an outbox's relay, loaded when that is first invoked. */
export type HandlerModules = { readonly [consumer: string]: () => Promise<HandlerModule> };

/** The context object that a handler gets, as on Lambda. */
export interface LocalLambdaContext extends LambdaContext {
  readonly callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/** What the context carries under `invocationKey`: the system's own AWS instead of the process's. */
export interface LocalInvocation extends Invocation {
  /** Clients for the work on one record of a batch, so that what they publish is known to be caused by that record. */
  clientsFor(messageId: string): Invocation['clients'];
  /** Takes note of why a record is about to be reported in `batchItemFailures`, for handlers that have no features. */
  noteFailure(messageId: string, error: unknown): void;
}

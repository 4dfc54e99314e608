import type { Caller } from '../state/caller.ts';

/** The services that answer. */
export type ServiceName = 'dynamodb' | 'events' | 'lambda' | 's3' | 'sns' | 'sqs';

/** One request, as parsed from the wire. */
export interface WireCall {
  readonly service: ServiceName;
  /** For example `PutEvents`. */
  readonly operation: string;
  /** The request's fields, named and nested as in the API reference of the service. */
  readonly input: WireInput;
  readonly caller: Caller;
  /** Id of the request, as the answer has it (`$metadata.requestId` of the SDK). */
  readonly requestId: string;
}

/** The fields of a request, or of a structure in it. */
export type WireInput = Readonly<Record<string, unknown>>;

/** Answers a call with the fields of its response. Throws an `AwsError` to refuse it. */
export type CallHandler = (call: WireCall) => unknown;

/** Stands between the wire and the services: may watch, change, refuse or answer a call. Call `next` to go on. */
export type Interceptor = (call: WireCall, next: CallHandler) => unknown;

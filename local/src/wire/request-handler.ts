import type { Readable } from 'node:stream';
import { createFaultInterceptor } from '../faults/fault-interceptor.ts';
import { nextUuid } from '../random.ts';
import { type Caller, outside } from '../state/caller.ts';
import type { World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';
import type { CallHandler, Interceptor, WireCall } from './call.ts';
import { callDynamoDb } from './dynamodb.ts';
import { callEvents } from './events.ts';
import { callLambda } from './lambda.ts';
import { protocolOf } from './protocol.ts';
import { callS3 } from './s3.ts';
import { callSns } from './sns.ts';
import { callSqs } from './sqs.ts';

/** The property of a request under which a client says who is calling. */
export const callerKey: unique symbol = Symbol('caller');

/** An HTTP request as a client of the AWS SDK v3 hands it to its request handler. */
export interface WireRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Who sent it; absent when it comes from outside. */
  readonly [callerKey]?: Caller | undefined;
}

/** What a request handler of the AWS SDK v3 answers. */
export interface WireResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array | Readable;
  };
}

/** Takes the place of the SDK's HTTP client: pass it as `requestHandler` to a client. */
export interface LocalRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: WireRequest): Promise<WireResponse>;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** Makes what answers the calls of a system. Interceptors run in their order, around each call. */
export function createCallHandler(world: World, interceptors: readonly Interceptor[]): CallHandler {
  const faults = createFaultInterceptor(world.faults, () => world.scheduler.now());
  return [faults, ...interceptors].reduceRight<CallHandler>(
    (next, interceptor) => (call) => interceptor(call, next),
    (call) => dispatch(world, call),
  );
}

/** Makes the request handler of a system, which reads calls from the wire for `serve`. */
export function createRequestHandler(world: World, serve: CallHandler): LocalRequestHandler {
  return {
    metadata: { handlerProtocol: 'local' },
    handle: async (request) => ({ response: await answerAlive(world, serve, request, request[callerKey] ?? outside) }),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    destroy: () => {},
  };
}

function dispatch(world: World, call: WireCall): unknown {
  if (call.caller.kind === 'function' && call.caller.run.ended) {
    const { key } = call.caller.function.consumer;
    const message = `${call.operation} was called when the invocation of ${key} had ended: await it in the handler`;
    throw new AwsError('InvocationEnded', message);
  }
  switch (call.service) {
    case 'dynamodb':
      return callDynamoDb(world, call);
    case 'events':
      return callEvents(world, call);
    case 'lambda':
      return callLambda(world, call);
    case 's3':
      return callS3(world, call);
    case 'sns':
      return callSns(world, call);
    case 'sqs':
      return callSqs(world, call);
    default:
      return call.service satisfies never;
  }
}

/** Answers, unless the process of the caller dies before it could see the answer. */
async function answerAlive(
  world: World,
  serve: CallHandler,
  request: WireRequest,
  caller: Caller,
): Promise<WireResponse['response']> {
  const doom = caller.kind === 'function' ? caller.run.doom : null;
  if (doom === null) return answer(world, serve, request, caller);
  const isLast = ++doom.requests === doom.request;
  if (doom.isDead) return never();
  if (isLast && !doom.takesEffect) doom.strike();
  else {
    const response = await answer(world, serve, request, caller);
    if (isLast) doom.strike();
    if (!doom.isDead) return response;
  }
  return never();
}

/** What a dead process waits for. */
function never(): Promise<never> {
  return new Promise(() => {});
}

async function answer(
  world: World,
  serve: CallHandler,
  request: WireRequest,
  caller: Caller,
): Promise<WireResponse['response']> {
  const requestId = nextUuid(world.random);
  const protocol = protocolOf(request);
  try {
    const { operation, input } = await protocol.read();
    const output = await serve({ service: protocol.service, operation, input, caller, requestId });
    return protocol.write(operation, output, requestId);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return protocol.writeError(error, requestId);
  }
}

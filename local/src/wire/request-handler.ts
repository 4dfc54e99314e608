import { nextUuid } from '../random.ts';
import { type Caller, outside } from '../state/caller.ts';
import type { World } from '../state/world.ts';
import { AwsError } from './aws-error.ts';
import type { CallHandler, Interceptor, ServiceName, WireCall, WireInput } from './call.ts';
import { callEvents } from './events.ts';
import { parseQuery, writeQueryError, writeQueryResponse } from './query.ts';
import { callSns } from './sns.ts';
import { callSqs } from './sqs.ts';

/** An HTTP request as a client of the AWS SDK v3 hands it to its request handler. */
export interface WireRequest {
  readonly method: string;
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request handler of the AWS SDK v3 answers. */
export interface WireResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

/** Takes the place of the SDK's HTTP client: pass it as `requestHandler` to a client. */
export interface LocalRequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: WireRequest, options?: object): Promise<WireResponse>;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** The option of a request under which a client says who is calling. */
export const callerKey: unique symbol = Symbol('caller');

const snsNamespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** Makes the request handler of a system. Interceptors run in their order, around each call. */
export function createRequestHandler(world: World, interceptors: readonly Interceptor[]): LocalRequestHandler {
  const serve = interceptors.reduceRight<CallHandler>(
    (next, interceptor) => (call) => interceptor(call, next),
    (call) => dispatch(world, call),
  );
  return {
    metadata: { handlerProtocol: 'local' },
    handle: async (request, options) => ({ response: await answer(world, serve, request, callerOf(options)) }),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    destroy: () => {},
  };
}

function callerOf(options: object | undefined): Caller {
  return (options as { readonly [callerKey]?: Caller } | undefined)?.[callerKey] ?? outside;
}

function dispatch(world: World, call: WireCall): unknown {
  if (call.caller.kind === 'function' && call.caller.run.ended) {
    const { key } = call.caller.function.consumer;
    const message = `${call.operation} was called when the invocation of ${key} had ended: await it in the handler`;
    throw new AwsError('InvocationEnded', message);
  }
  switch (call.service) {
    case 'events':
      return callEvents(world, call);
    case 'sns':
      return callSns(world, call);
    case 'sqs':
      return callSqs(world, call);
    default:
      return call.service satisfies never;
  }
}

interface Protocol {
  readonly service: ServiceName;
  /** Throws an `AwsError` for a body that it cannot read. */
  read(): { readonly operation: string; readonly input: WireInput };
  write(operation: string, output: unknown, requestId: string): string;
  writeError(error: AwsError, requestId: string): string;
  readonly contentType: string;
}

async function answer(
  world: World,
  serve: CallHandler,
  request: WireRequest,
  caller: Caller,
): Promise<WireResponse['response']> {
  const requestId = nextUuid(world.random);
  const protocol = protocolOf(request);
  const headers = { 'content-type': protocol.contentType, 'x-amzn-requestid': requestId };
  try {
    const { operation, input } = protocol.read();
    const output = await serve({ service: protocol.service, operation, input, caller });
    return { statusCode: 200, headers, body: encode(protocol.write(operation, output, requestId)) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const sender = error.status < 500 ? 'Sender' : 'Receiver';
    const queryError = { 'x-amzn-query-error': `${error.queryCode};${sender}` };
    return {
      statusCode: error.status,
      headers: protocol.service === 'sqs' ? { ...headers, ...queryError } : headers,
      body: encode(protocol.writeError(error, requestId)),
    };
  }
}

/** EventBridge speaks JSON 1.1, SQS JSON 1.0, both with `X-Amz-Target`; SNS speaks the query protocol. */
function protocolOf(request: WireRequest): Protocol {
  const target = header(request, 'x-amz-target');
  if (target.startsWith('AWSEvents.')) return jsonProtocol('events', target, request);
  if (target.startsWith('AmazonSQS.')) return jsonProtocol('sqs', target, request);
  if (header(request, 'content-type').startsWith('application/x-www-form-urlencoded')) return queryProtocol(request);
  throw new Error(
    `The local system cannot read this request to ${request.hostname}: content type ` +
      `"${header(request, 'content-type')}", target "${target}". It speaks AWS JSON to EventBridge and SQS, and the ` +
      'query protocol to SNS',
  );
}

const jsonTypes = { events: 'application/x-amz-json-1.1', sqs: 'application/x-amz-json-1.0' } as const;
const jsonErrorPrefixes = { events: '', sqs: 'com.amazonaws.sqs#' } as const;

function jsonProtocol(service: 'events' | 'sqs', target: string, request: WireRequest): Protocol {
  return {
    service,
    contentType: jsonTypes[service],
    read: () => ({ operation: target.slice(target.indexOf('.') + 1), input: parseJson(decode(request.body)) }),
    write: (_, output) => JSON.stringify(output ?? {}),
    writeError: (error) => JSON.stringify({ __type: jsonErrorPrefixes[service] + error.code, message: error.message }),
  };
}

function queryProtocol(request: WireRequest): Protocol {
  return {
    service: 'sns',
    contentType: 'text/xml',
    read: () => parseQuery(decode(request.body)),
    write: (operation, output, requestId) => writeQueryResponse(operation, output, requestId, snsNamespace),
    writeError: (error, requestId) => writeQueryError(error, requestId, snsNamespace),
  };
}

function parseJson(body: string): WireInput {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as WireInput;
  } catch {
    // Reported below.
  }
  throw new AwsError('SerializationException', 'The request is not a JSON object');
}

function header({ headers }: WireRequest, name: string): string {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? '' : (headers[found] ?? '');
}

function decode(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (body === undefined || body === null) return '';
  throw new Error('The local system takes request bodies as text or bytes, not as streams');
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

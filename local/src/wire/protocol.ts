import { AwsError } from './aws-error.ts';
import type { ServiceName, WireInput } from './call.ts';
import { parseQuery, writeQueryError, writeQueryResponse } from './query.ts';
import type { WireRequest, WireResponse } from './request-handler.ts';
import { readS3, writeS3, writeS3Error } from './rest.ts';

type Response = WireResponse['response'];

/** How a service reads and writes the wire. */
export interface Protocol {
  readonly service: ServiceName;
  /** Throws an `AwsError` for a body that it cannot read. */
  read(): Promise<{ readonly operation: string; readonly input: WireInput }>;
  write(operation: string, output: unknown, requestId: string): Response;
  writeError(error: AwsError, requestId: string): Response;
}

/** Finds out which service a request is for, by its headers, its host and its path. */
export function protocolOf(request: WireRequest): Protocol {
  const target = header(request, 'x-amz-target');
  const json = jsonServices.find(({ prefix }) => target.startsWith(prefix));
  if (json !== undefined) return jsonProtocol(json, target, request);
  const functions = /^\/2015-03-31\/functions(?:\/([^/]+)\/invocations|\/?)$/.exec(request.path ?? '');
  if (functions !== null) return lambdaProtocol(request, functions[1]);
  if (/(?:^|\.)s3[.-]/.test(request.hostname)) return s3Protocol(request);
  if (header(request, 'content-type').startsWith('application/x-www-form-urlencoded')) return queryProtocol(request);
  throw new Error(
    `The local system cannot read this request to ${request.hostname}: content type ` +
      `"${header(request, 'content-type')}", target "${target}". It speaks AWS JSON to DynamoDB, EventBridge and SQS, ` +
      'the query protocol to SNS, and REST to S3 and Lambda',
  );
}

interface JsonService {
  readonly service: ServiceName;
  /** Of the header `X-Amz-Target`. */
  readonly prefix: string;
  readonly contentType: string;
  /** Of the code of an error. */
  readonly errorPrefix: string;
}

const jsonServices: readonly JsonService[] = [
  { service: 'events', prefix: 'AWSEvents.', contentType: 'application/x-amz-json-1.1', errorPrefix: '' },
  {
    service: 'sqs',
    prefix: 'AmazonSQS.',
    contentType: 'application/x-amz-json-1.0',
    errorPrefix: 'com.amazonaws.sqs#',
  },
  {
    service: 'dynamodb',
    prefix: 'DynamoDB_20120810.',
    contentType: 'application/x-amz-json-1.0',
    errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
  },
];

function jsonProtocol(
  { service, contentType, errorPrefix }: JsonService,
  target: string,
  request: WireRequest,
): Protocol {
  const headers = (requestId: string) => ({ 'content-type': contentType, 'x-amzn-requestid': requestId });
  return {
    service,
    read: async () => ({ operation: target.slice(target.indexOf('.') + 1), input: parseJson(decode(request.body)) }),
    write: (_, output, requestId) => reply(200, headers(requestId), JSON.stringify(output ?? {})),
    writeError: (error, requestId) => {
      const sender = error.status < 500 ? 'Sender' : 'Receiver';
      const queryError = service === 'sqs' ? { 'x-amzn-query-error': `${error.queryCode};${sender}` } : {};
      const body = { __type: errorPrefix + error.code, message: error.message, ...error.details };
      return reply(error.status, { ...headers(requestId), ...queryError }, JSON.stringify(body));
    },
  };
}

const snsNamespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function queryProtocol(request: WireRequest): Protocol {
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });
  return {
    service: 'sns',
    read: async () => parseQuery(decode(request.body)),
    write: (operation, output, requestId) =>
      reply(200, headers(requestId), writeQueryResponse(operation, output, requestId, snsNamespace)),
    writeError: (error, requestId) =>
      reply(error.status, headers(requestId), writeQueryError(error, requestId, snsNamespace)),
  };
}

function s3Protocol(request: WireRequest): Protocol {
  return {
    service: 's3',
    read: () => readS3(request),
    write: (operation, output, requestId) => writeS3(operation, Object(output) as WireInput, requestId),
    writeError: (error, requestId) => writeS3Error(error, requestId, request.method === 'HEAD'),
  };
}

/** `Invoke` of a function, or `ListFunctions`. */
function lambdaProtocol(request: WireRequest, name: string | undefined): Protocol {
  const headers = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId });
  const InvocationType = header(request, 'x-amz-invocation-type') || 'RequestResponse';
  return {
    service: 'lambda',
    read: async () => {
      if (name === undefined) return { operation: 'ListFunctions', input: {} };
      const FunctionName = decodeURIComponent(name);
      return { operation: 'Invoke', input: { FunctionName, InvocationType, Payload: decode(request.body) } };
    },
    write: (operation, output, requestId) =>
      operation === 'Invoke'
        ? invoked(Object(output) as WireInput, headers(requestId))
        : reply(200, headers(requestId), JSON.stringify(output)),
    writeError: (error, requestId) =>
      reply(
        error.status,
        { ...headers(requestId), 'x-amzn-errortype': error.code },
        JSON.stringify({ Type: 'User', Message: error.message }),
      ),
  };
}

/** The answer of a function is the body, that it failed is a header. */
function invoked({ StatusCode, FunctionError, Payload }: WireInput, headers: Record<string, string>): Response {
  const failed = FunctionError === undefined ? {} : { 'x-amz-function-error': String(FunctionError) };
  return reply(Number(StatusCode), { ...headers, ...failed }, typeof Payload === 'string' ? Payload : '');
}

function reply(statusCode: number, headers: Record<string, string>, body: string): Response {
  return { statusCode, headers, body: new TextEncoder().encode(body) };
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

import { Readable } from 'node:stream';
import type { AwsError } from './aws-error.ts';
import type { WireInput } from './call.ts';
import type { WireRequest, WireResponse } from './request-handler.ts';
import { escapeXml } from './xml.ts';

const checksumHeader = /^x-amz-checksum-(?:crc32|crc32c|crc64nvme|sha1|sha256)$/;
const metadataPrefix = 'x-amz-meta-';

const objectOperations: Readonly<Record<string, string>> = {
  PUT: 'PutObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  DELETE: 'DeleteObject',
};

/** Reads a request of S3, addressed by path or by host. */
export async function readS3(request: WireRequest): Promise<{ readonly operation: string; readonly input: WireInput }> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const header = (name: string) => headers.find(([found]) => found === name)?.[1];
  const [Bucket = '', ...steps] = addressOf(request);
  const Key = steps.join('/');
  const operation = Key === '' ? 'HeadBucket' : (objectOperations[request.method] ?? request.method);
  const bytes = await bytesOf(request.body);
  const isChunked = (header('content-encoding') ?? '').includes('aws-chunked');
  const prefixed = headers.filter(([name]) => name.startsWith(metadataPrefix));
  return {
    operation,
    input: {
      Bucket,
      Key,
      Body: isChunked ? unchunk(bytes) : bytes,
      ContentType: header('content-type'),
      IfNoneMatch: header('if-none-match'),
      Metadata: Object.fromEntries(prefixed.map(([name, value]) => [name.slice(metadataPrefix.length), value])),
      Checksums: Object.fromEntries(headers.filter(([name]) => checksumHeader.test(name))),
    },
  };
}

/** The bucket and the steps of the key. A bucket stands in the host, or is the first step of the path. */
function addressOf({ hostname, path = '/' }: WireRequest): string[] {
  const steps = path.replace(/^\//, '').split('/').map(decodeURIComponent);
  const bucket = /^(.+)\.s3[.-]/.exec(hostname)?.[1];
  return bucket === undefined ? steps : [bucket, ...steps];
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  return Uint8Array.from(Buffer.concat(chunks));
}

/** The body of a request in chunks, each behind its length, as the SDK sends streams. */
function unchunk(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes);
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', offset);
    if (lineEnd < 0) break;
    const length = Number.parseInt(buffer.toString('latin1', offset, lineEnd), 16);
    if (!(length > 0)) break;
    chunks.push(buffer.subarray(lineEnd + 2, lineEnd + 2 + length));
    offset = lineEnd + 2 + length + 2;
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

type Response = WireResponse['response'];

/** Writes what S3 answers: fields as headers, the object as a stream. */
export function writeS3(operation: string, output: WireInput, requestId: string): Response {
  const headers: Record<string, string> = { 'x-amz-request-id': requestId };
  const names = {
    ContentLength: 'content-length',
    ContentType: 'content-type',
    ETag: 'etag',
    LastModified: 'last-modified',
  };
  for (const [field, name] of Object.entries(names))
    if (output[field] !== undefined) headers[name] = String(output[field]);
  for (const [name, value] of Object.entries(output.Metadata ?? {})) headers[metadataPrefix + name] = String(value);
  Object.assign(headers, output.Checksums);
  const { Body } = output;
  const body = Body instanceof Uint8Array ? Buffer.from(Body) : Buffer.alloc(0);
  return { statusCode: operation === 'DeleteObject' ? 204 : 200, headers, body: Readable.from([body]) };
}

/** Writes an error of S3; the answer to a HEAD has no body. */
export function writeS3Error(error: AwsError, requestId: string, isHead: boolean): Response {
  const fields = { Code: error.code, Message: error.message, RequestId: requestId };
  const elements = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error>${elements.join('')}</Error>`;
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
  return { statusCode: error.status, headers, body: Readable.from([Buffer.from(isHead ? '' : xml)]) };
}

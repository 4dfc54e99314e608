import { createHash } from 'node:crypto';
import type { Bucket, StoredObject } from '../state/bucket.ts';
import type { World } from '../state/world.ts';
import { authorizeBucket } from './access.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall, WireInput } from './call.ts';
import { optionalText, text } from './input.ts';

/** Answers a call of S3. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export function callS3(world: World, { operation, input, caller }: WireCall): unknown {
  const name = text(input, 'Bucket');
  const bucket = world.buckets.get(name);
  if (bucket === undefined) {
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
  }
  authorizeBucket(world, caller, bucket, operation);
  switch (operation) {
    case 'PutObject':
      return putObject(bucket, input, world.scheduler.now());
    case 'GetObject':
      return describe(objectOf(bucket, input), true);
    case 'HeadObject':
      return describe(objectOf(bucket, input), false);
    case 'DeleteObject':
      bucket.objects.delete(text(input, 'Key'));
      return {};
    case 'HeadBucket':
      return {};
    default:
      throw new AwsError('NotImplemented', `The local S3 has no operation ${operation}`, { status: 501 });
  }
}

function putObject({ objects }: Bucket, input: WireInput, now: number): object {
  const key = text(input, 'Key');
  if (optionalText(input, 'IfNoneMatch') === '*' && objects.has(key)) {
    const message = 'At least one of the pre-conditions you specified did not hold';
    throw new AwsError('PreconditionFailed', message, { status: 412 });
  }
  const body = input.Body instanceof Uint8Array ? input.Body : new Uint8Array();
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  objects.set(key, {
    body,
    contentType: text(input, 'ContentType') || 'application/octet-stream',
    metadata: (input.Metadata ?? {}) as StoredObject['metadata'],
    checksums: (input.Checksums ?? {}) as StoredObject['checksums'],
    etag,
    modifiedAt: now,
  });
  return { ETag: etag };
}

function objectOf({ objects }: Bucket, input: WireInput): StoredObject {
  const object = objects.get(text(input, 'Key'));
  if (object !== undefined) return object;
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
}

function describe(object: StoredObject, withBody: boolean): object {
  const { body, contentType, metadata, checksums, etag, modifiedAt } = object;
  return {
    ...(withBody ? { Body: body } : {}),
    ContentLength: body.length,
    ContentType: contentType,
    ETag: etag,
    LastModified: new Date(modifiedAt).toUTCString(),
    Metadata: metadata,
    Checksums: checksums,
  };
}

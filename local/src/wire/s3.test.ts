import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { modulesOf } from '../fixtures/handlers.ts';
import { busRoute, queueConsumer, shopBus, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';

function shop() {
  const consumer = { ...queueConsumer('a/b', [busRoute('r', { source: ['s'] })]), claims: true } as const;
  const system = createLocalSystem({
    topology: topologyOf([shopBus], [consumer]),
    handlers: modulesOf({ 'a/b': () => {} }),
  });
  return { system, s3: system.clients.s3, Bucket: system.environment.EVENTLOOM_CLAIM_BUCKET_NAME ?? '' };
}

const Key = 'orders/ü 1';

test('an object comes back with its type and its metadata, its checksum verified by the SDK', async () => {
  const { s3, Bucket } = shop();
  await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: '{"é":1}', ContentType: 'application/json', Metadata: { a: 'b' } }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe('{"é":1}');
  expect(got).toMatchObject({ ContentType: 'application/json', ContentLength: 8, Metadata: { a: 'b' } });
  expect(got.ChecksumCRC32).toEqual(expect.any(String));
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 8 });
});

test('a stream is taken as well as bytes', async () => {
  const { s3, Bucket } = shop();
  const Body = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 4 }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe('abcd');
});

test('what is not there is told as the SDK knows it', async () => {
  const { s3, Bucket } = shop();
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' });
  await expect(s3.send(new GetObjectCommand({ Bucket: 'none', Key }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('an object can be put on condition that it is new', async () => {
  const { s3, Bucket } = shop();
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', IfNoneMatch: '*' }));
  await put();
  await expect(put()).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('a client of one’s own that puts the bucket into the host works too', async () => {
  const { system, Bucket } = shop();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const s3 = new S3Client({ region: 'us-east-1', credentials, requestHandler: system.requestHandler });
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  expect(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe('x');
});

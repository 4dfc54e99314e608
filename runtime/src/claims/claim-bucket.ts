import { claimBucketVariable } from '@eventloom/engine';
import { type AwsClient, addressOf, type Connection } from '../connection.ts';
import { sendCommand } from '../publish/cut.ts';

/** The client of S3, imported and made when first needed. */
export async function bucketClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.s3) return clients.s3;
  const { S3Client } = await import('@aws-sdk/client-s3');
  clients.s3 ??= new S3Client({}) as AwsClient;
  return clients.s3;
}

/** What is kept: S3 compares its SHA-256, in hexadecimal. */
export interface ClaimedObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly sha256: string;
}

/** Writes an object, unless `signal` is aborted before. Rejects with the SDK's error. */
export async function putObject(
  connection: Connection,
  { key: Key, body: Body, sha256 }: ClaimedObject,
  signal?: AbortSignal,
): Promise<void> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new PutObjectCommand({
    Bucket: addressOf(connection, claimBucketVariable),
    Key,
    Body,
    ContentType: 'application/json',
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
  });
  await sendCommand(await bucketClient(connection), command, signal);
}

/** Reads an object; undefined when there is none. Rejects with the SDK's error. */
export async function getObject(connection: Connection, Key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new GetObjectCommand({ Bucket: addressOf(connection, claimBucketVariable), Key });
  try {
    const answer = (await (await bucketClient(connection)).send(command)) as Answer;
    return await answer.Body.transformToByteArray();
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw error;
  }
}

interface Answer {
  readonly Body: { transformToByteArray(): Promise<Uint8Array<ArrayBuffer>> };
}

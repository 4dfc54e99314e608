import { claimBucketVariable } from '@eventloom/engine';
import { type AwsClient, addressOf, type Connection } from '../connection.ts';

/** The client of S3, imported and made when first needed. */
export async function bucketClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.s3) return clients.s3;
  const { S3Client } = await import('@aws-sdk/client-s3');
  clients.s3 ??= new S3Client({}) as AwsClient;
  return clients.s3;
}

/** Writes an object; S3 compares its SHA-256 (hexadecimal). Rejects with the SDK's error. */
export async function putObject(connection: Connection, Key: string, Body: Uint8Array, sha256: string): Promise<void> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new PutObjectCommand({
    Bucket: addressOf(connection, claimBucketVariable),
    Key,
    Body,
    ContentType: 'application/json',
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
  });
  await (await bucketClient(connection)).send(command);
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

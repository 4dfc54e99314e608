import type { ClaimBucket } from '@eventloom/engine';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketEncryption } from './encryption.ts';

/** What the bucket for claims is made of. */
export interface ClaimBucketOptions extends ClaimBucket {
  readonly bucketName: string;
  readonly removalPolicy: RemovalPolicy | undefined;
}

/** Adds the bucket for payloads that are too large to be sent. Nobody reads it from outside, and nothing stays in it. */
export function addClaimBucket(scope: Construct, options: ClaimBucketOptions): Bucket {
  return new Bucket(scope, 'ClaimBucket', {
    bucketName: options.bucketName,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    ...bucketEncryption(scope),
    enforceSSL: true,
    lifecycleRules: [
      { expiration: Duration.days(options.expireDays), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    removalPolicy: options.removalPolicy ?? RemovalPolicy.RETAIN,
  });
}

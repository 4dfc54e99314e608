import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EmulatorName } from './emulators.ts';

/** Where stacks are deployed: whatever AWS_ENDPOINT_URL, region and credentials of the environment say. */
export interface Cloud {
  /** Null for AWS itself, and for an emulator that the test does not know. */
  readonly emulator: EmulatorName | null;
  /** For readers. */
  readonly title: string;
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  /** How long the test waits for more, once all that should come has come. */
  readonly quietMs: number;
  /** How long it waits for what does not come. */
  readonly patienceMs: number;
}

/** Makes clients as a user of the SDK does: everything comes from the environment. */
export function connectCloud(emulator: EmulatorName | null): Cloud {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const local = endpoint !== undefined && endpoint !== '';
  return {
    emulator,
    title: emulator ?? endpoint ?? 'AWS',
    cloudFormation: new CloudFormationClient({}),
    s3: new S3Client({ forcePathStyle: local }),
    sqs: new SQSClient({ useQueueUrlAsEndpoint: !local }),
    quietMs: local ? 2_000 : 20_000,
    patienceMs: local ? 15_000 : 120_000,
  };
}

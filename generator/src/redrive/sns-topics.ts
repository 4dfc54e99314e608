import type { Topics } from './aws.ts';
import { ask, importSdk, type SdkClient } from './import-sdk.ts';

/**
 * SNS by a client of the AWS SDK.
 * @param client default: one with the SDK's defaults
 * @throws {UsageError} when the package of the client is not installed.
 */
export async function openTopics(client?: SdkClient): Promise<Topics> {
  const sdk = await importSdk('@aws-sdk/client-sns', () => import('@aws-sdk/client-sns'));
  const sns = client ?? (new sdk.SNSClient({}) as SdkClient);
  return {
    publish: async (TopicArn, Message) => {
      await ask(sns, new sdk.PublishCommand({ TopicArn, Message }));
    },
  };
}

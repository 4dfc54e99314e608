import type { AwsClient, Connection } from '../connection.ts';

/** The client of SNS, imported and made when first needed. */
export async function topicClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.sns) return clients.sns;
  const { SNSClient } = await import('@aws-sdk/client-sns');
  clients.sns ??= new SNSClient({}) as AwsClient;
  return clients.sns;
}

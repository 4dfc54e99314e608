import type { AwsClient, Connection } from '../connection.ts';

/** The client of EventBridge, imported and made when first needed. */
export async function busClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.eventBridge) return clients.eventBridge;
  const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
  clients.eventBridge ??= new EventBridgeClient({}) as AwsClient;
  return clients.eventBridge;
}

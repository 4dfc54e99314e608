import type { AwsClient, Connection } from '../connection.ts';

/** The client of EventBridge, imported and made when first needed. */
export function busClient({ clients }: Connection): AwsClient | Promise<AwsClient> {
  return clients.eventBridge ?? makeClient(clients);
}

async function makeClient(clients: Connection['clients']): Promise<AwsClient> {
  const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
  clients.eventBridge ??= new EventBridgeClient({}) as AwsClient;
  return clients.eventBridge;
}

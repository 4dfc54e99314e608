import type { AwsClient, Connection } from '../connection.ts';

type Sdk = typeof import('@aws-sdk/client-dynamodb');

/** Sends one command to DynamoDB. The SDK and its client are loaded and made when first needed. Rejects with the SDK's error. */
export async function callDynamoDb({ clients }: Connection, command: (sdk: Sdk) => object): Promise<unknown> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  clients.dynamoDb ??= new sdk.DynamoDBClient({}) as AwsClient;
  return clients.dynamoDb.send(command(sdk));
}

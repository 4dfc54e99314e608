import { outboxTableVariable } from '@eventloom/engine';
import { type AwsClient, addressOf, type Connection } from '../connection.ts';

/** The client of DynamoDB, imported and made when first needed. */
export async function tableClient({ clients }: Connection): Promise<AwsClient> {
  if (clients.dynamoDb) return clients.dynamoDb;
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  clients.dynamoDb ??= new DynamoDBClient({}) as AwsClient;
  return clients.dynamoDb;
}

/** Deletes an event that was published. Rejects with the SDK's error. */
export async function removeItem(connection: Connection, id: string): Promise<void> {
  const { DeleteItemCommand } = await import('@aws-sdk/client-dynamodb');
  const TableName = addressOf(connection, outboxTableVariable);
  await (await tableClient(connection)).send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));
}

/**
 * Leaves an event that can never be published in the table, with the reason in `failed`, and for ever. Rejects with the
 * SDK's error, but not for an item that has gone.
 */
export async function markFailed(connection: Connection, id: string, reason: string): Promise<void> {
  const { UpdateItemCommand } = await import('@aws-sdk/client-dynamodb');
  const command = new UpdateItemCommand({
    TableName: addressOf(connection, outboxTableVariable),
    Key: { id: { S: id } },
    UpdateExpression: 'SET #failed = :failed REMOVE #expiration',
    ConditionExpression: 'attribute_exists(#id)',
    ExpressionAttributeNames: { '#failed': 'failed', '#expiration': 'expiration', '#id': 'id' },
    ExpressionAttributeValues: { ':failed': { S: reason } },
  });
  try {
    await (await tableClient(connection)).send(command);
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}

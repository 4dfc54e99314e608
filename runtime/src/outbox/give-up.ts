import { deadLetterQueueVariable, failureAttribute, outboxTableVariable } from '@eventloom/engine';
import { addressOf, type Connection } from '../connection.ts';
import type { Failure } from '../handle/dead-letter.ts';
import { sendToQueue } from '../publish/send-to-queue.ts';
import { callDynamoDb } from '../store/dynamo-db.ts';
import { reasonCharacters, textOf } from './outbox-item.ts';

/**
 * Puts an item that can never be published on the relay's dead-letter queue, and marks it: it stays in the table with
 * the reason in `failed`, for ever. Rejects with the SDK's error; what has been done by then may be done again.
 */
export async function giveUp(connection: Connection, image: unknown, failure: Failure): Promise<void> {
  const id = idOf(image);
  const failed = `${failure.code}: ${failure.reason}`.slice(0, reasonCharacters);
  if (id !== undefined) await markFailed(connection, id, failed);
  await sendToQueue(connection, {
    QueueUrl: addressOf(connection, deadLetterQueueVariable),
    MessageBody: jsonFor(image ?? null),
    MessageAttributes: { [failureAttribute]: { DataType: 'String', StringValue: jsonFor(failure) } },
  });
}

/** The id of an item; undefined for an image that has none. */
export function idOf(image: unknown): string | undefined {
  try {
    return textOf(image, 'id');
  } catch {
    return undefined;
  }
}

/** An item that has gone meanwhile is not made anew. */
async function markFailed(connection: Connection, id: string, failed: string): Promise<void> {
  const input = {
    TableName: addressOf(connection, outboxTableVariable),
    Key: { id: { S: id } },
    UpdateExpression: 'SET failed = :failed REMOVE expiration',
    ConditionExpression: 'attribute_exists(id)',
    ExpressionAttributeValues: { ':failed': { S: failed } },
  };
  try {
    await callDynamoDb(connection, (sdk) => new sdk.UpdateItemCommand(input));
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}

/** SQS takes neither U+FFFE nor U+FFFF, which JSON writes as they are, but their escapes mean the same. */
const jsonFor = (value: unknown): string =>
  JSON.stringify(value).replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

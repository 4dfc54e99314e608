import type { Connection, RequestOptions } from '../connection.ts';
import { type MessageEntry, type Outcome, type QueueEntry, type TopicEntry, unconfirmed } from './entry.ts';
import { queueClient } from './queue-client.ts';
import { sendToBus } from './send-to-bus.ts';
import type { SendOnce } from './settle.ts';
import { topicClient } from './topic-client.ts';

/**
 * Sends entries of one kind, and of one topic or queue, in one request. Rejects with the SDK's error, after the SDK's
 * own retries.
 */
export const sendBatch: SendOnce = (connection, entries, options) =>
  senders[entries[0]?.kind ?? 'bus'](connection, entries as never, options);

const senders = { bus: sendToBus, topic: publishBatch, queue: sendMessageBatch };

async function publishBatch(
  connection: Connection,
  entries: readonly TopicEntry[],
  options?: RequestOptions,
): Promise<Outcome[]> {
  const { PublishBatchCommand } = await import('@aws-sdk/client-sns');
  const PublishBatchRequestEntries = entries.map(({ input: { TopicArn, ...message } }, Id) => ({
    Id: `${Id}`,
    ...message,
  }));
  const command = new PublishBatchCommand({ TopicArn: entries[0]?.input.TopicArn, PublishBatchRequestEntries });
  return outcomesOf(entries, await (await topicClient(connection)).send(command, options));
}

async function sendMessageBatch(
  connection: Connection,
  entries: readonly QueueEntry[],
  options?: RequestOptions,
): Promise<Outcome[]> {
  const { SendMessageBatchCommand } = await import('@aws-sdk/client-sqs');
  const Entries = entries.map(({ input: { QueueUrl, ...message } }, Id) => ({ Id: `${Id}`, ...message }));
  const command = new SendMessageBatchCommand({ QueueUrl: entries[0]?.input.QueueUrl, Entries });
  return outcomesOf(entries, await (await queueClient(connection)).send(command, options));
}

/** What SNS and SQS answer to a batch. */
interface Answer {
  readonly Successful?: readonly { readonly Id?: string }[];
  readonly Failed?: readonly Failed[];
}

interface Failed {
  readonly Id?: string;
  readonly Code?: string;
  readonly Message?: string;
  /** True when the same entry would fail again. */
  readonly SenderFault?: boolean;
}

/** The outcome of each entry: its `Id` in the request is its place. */
function outcomesOf(entries: readonly MessageEntry[], answer: unknown): Outcome[] {
  const { Successful, Failed } = (answer ?? {}) as Answer;
  const accepted = new Set(Successful?.map(({ Id }) => Id));
  const failed = new Map(Failed?.map((one) => [one.Id, one]));
  return entries.map(({ id }, place) => (accepted.has(`${place}`) ? { id } : refusalIn(failed.get(`${place}`))));
}

function refusalIn(failed: Failed | undefined): Outcome {
  if (failed === undefined) return unconfirmed;
  const { Code: code = 'Error', Message: message = code, SenderFault } = failed;
  return { code, message, retryable: SenderFault === false };
}
